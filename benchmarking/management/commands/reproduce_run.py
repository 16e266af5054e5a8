from django.core.management.base import BaseCommand, CommandError

from benchmarking import computing
from benchmarking.models import Run


class Command(BaseCommand):
    help = "Computes a run again from its frozen choices and data, and says whether the results are identical."

    def add_arguments(self, parser) -> None:
        parser.add_argument("run", type=int, help="the number of the run in the database")

    def handle(self, *args, **options) -> None:
        run = Run.objects.select_related("benchmark").filter(pk=options["run"], state=Run.State.DONE).first()
        if run is None:
            raise CommandError(f"There is no computed run {options['run']}.")
        found = computing.compared(run, computing.computed_from(run, lambda done, told: None))
        if found["code_then"] != found["code_now"]:
            self.stdout.write(f"The program has changed: {found['code_then']} then, {found['code_now']} now.")
        if found["identical"]:
            self.stdout.write(f"Identical: {run} ({run.sha256[:16]})")
            return
        for one in found["differences"]:
            self.stdout.write(f"{one['what']} {one['code']} {one['name']}: {one['then']} then, {one['now']} now")
        raise CommandError(f"{found['count']} differences")
