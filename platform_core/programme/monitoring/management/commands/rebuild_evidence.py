from django.core.management.base import BaseCommand

from ...services import evidence


class Command(BaseCommand):
    help = "Reads everything that counts again; when the evidence is up to date nothing changes."

    def handle(self, *args, **options):
        found = evidence.rebuild()
        self.stdout.write(f"{found.added} added, {found.changed} changed, {found.removed} removed.")
