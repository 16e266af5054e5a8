from django.core.management.base import BaseCommand, CommandError

from ... import selectors


class Command(BaseCommand):
    help = "Recomputes the chain of the event log and compares it with the anchors; names every row that does not fit."

    def handle(self, *args, **options):
        found, sealed, unsealed = selectors.verify()
        self.stdout.write(f"{sealed} events sealed, {unsealed} waiting for their seal.")
        for finding in found:
            self.stderr.write(f"{finding.sequence}: {finding.problem}")
        if found:
            raise CommandError(f"The log does not verify: {len(found)} findings.")
