from django.core.management.base import BaseCommand

from ... import services


class Command(BaseCommand):
    help = "Reads every searchable thing again; on a healthy index nothing changes."

    def handle(self, *args, **options):
        self.stdout.write(f"{services.rebuild()} entries.")
