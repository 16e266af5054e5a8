"""One measurement of the statistics inside the product: `statistics_run RESPONSES ROUNDS`; prints JSON."""

import json
import sys
import time

import django


def main(number: int, rounds: int) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    print(json.dumps(measure(prepare(number), rounds)))


def prepare(number: int):
    from consultations import demonstration
    from consultations.models import Questionnaire, Response

    demonstration.load()
    version = Questionnaire.objects.get()
    Response.objects.all().delete()
    demonstration.add_answers(version, number)
    return version


class Quiet:
    """A run of a job that keeps its progress to itself."""

    def progress(self, *_told) -> None:
        pass


def measure(version, rounds: int) -> dict[str, list[float]]:
    from benchmarks.arrays import bare_frames, bare_operations, bare_reading, coded
    from consultations import results
    from consultations.frames import frames, plain_questions
    from consultations.models import Response
    from consultations.statistics.summary import summarise

    asked = plain_questions(version.structure, results.countries())
    profile = [question["code"] for question in asked if question["code"] in results.PROFILES]
    spent: dict[str, list[float]] = {}

    def timed(name, work, *inputs, **options):
        begun = time.process_time()
        found = work(*inputs, **options)
        spent.setdefault(name, []).append(time.process_time() - begun)
        return found

    for _ in range(rounds + 1):
        rows = timed("reading", results.read_answers, Quiet(), version, Response.objects.all())
        timed("reading, bare", bare_reading)
        answers, shown = timed("frames", frames, version.structure, rows)
        timed("frames, bare", bare_frames, asked, rows)
        timed("summarise", summarise, asked, answers, shown, threshold=5, profile=profile)
        codes = timed("coding, bare", coded, asked, answers)
        timed("counting, bare", bare_operations, asked, codes, shown, profile)
    return {name: seconds[1:] for name, seconds in spent.items()}  # the first round imports and compiles


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
