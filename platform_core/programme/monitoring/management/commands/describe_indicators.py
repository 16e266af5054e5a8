from django.core.management.base import BaseCommand

from ...selectors.indicators import described


class Command(BaseCommand):
    help = "Prints docs/indicators.md: what each indicator counts, once per what, at which event, and who confirms it."

    def handle(self, *args, **options):
        self.stdout.write(described(), ending="")
