from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ...first_tables import lay_out


class Command(BaseCommand):
    help = "Everything between an empty folder and a site; what is there already is left alone."

    def handle(self, *args, **options):
        call_command("compile_catalogues", verbosity=0)
        lay_out()
        call_command("migrate", verbosity=0)
        call_command("load_reference")
        if settings.DEMONSTRATION:
            call_command("load_demonstration", stdout=self.stdout)
