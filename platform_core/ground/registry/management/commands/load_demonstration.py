from django.core.management.base import BaseCommand

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Demonstration


class Command(BaseCommand):
    help = "Loads the demonstration content of every room and app; what is there already is left alone."

    def handle(self, *args, **options):
        for demonstration in declared(Demonstration):
            done = demonstration.load()
            if done:
                self.stdout.write(str(done))
