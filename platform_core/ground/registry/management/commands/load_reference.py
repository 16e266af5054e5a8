from django.core.management.base import BaseCommand
from django.db import transaction

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Reference


class Command(BaseCommand):
    help = "Loads or refreshes the reference rows of every room and app; running it again changes nothing."

    def handle(self, *args, **options):
        with transaction.atomic():
            for reference in declared(Reference):
                reference.load()
