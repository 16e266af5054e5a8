"""One measurement of the statistics inside the product: `statistics_run RESPONSES ROUNDS`; prints JSON."""

import json
import sys
import time

import django

from benchmarks.questionnaires import answered


def main(number: int, rounds: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    print(json.dumps(measure(answered(number), rounds)))


class Quiet:
    """A run of a job that keeps its progress to itself."""

    def progress(self, *_told) -> None:
        pass


def measure(version, rounds: int) -> dict[str, list[float]]:
    from benchmarks.arrays import bare_frames, bare_operations, bare_reading, coded
    from consultations import results
    from consultations.frames import frames, plain_questions
    from consultations.models import Response
    from consultations.profile import as_counted, countries, is_profile
    from consultations.statistics.summary import summarise

    clock = Clock()
    for _ in range(rounds + 1):
        rows = clock.timed("reading", results.read_answers, Quiet(), version, Response.objects.all())
        bare = clock.timed("reading, bare", bare_reading)
        structure = as_counted(version.structure, (row[3] for row in rows))
        asked = plain_questions(structure, countries())
        profile = [question["code"] for question in asked if is_profile(question)]
        given, told = [row[0] for row in rows], ([row[2] for row in rows], [row[3] for row in rows])
        answers, shown = clock.timed("frames", frames, structure, given, *told)
        clock.timed("frames, bare", bare_frames, asked, bare)
        clock.timed("summarise", summarise, asked, answers, shown, threshold=5, profile=profile)
        codes = clock.timed("coding, bare", coded, asked, answers)
        clock.timed("counting, bare", bare_operations, asked, codes, shown, profile)
        measure_apart(clock, asked, answers, shown, profile, codes)
    return {name: seconds[1:] for name, seconds in clock.spent.items()}  # the first round imports and compiles


class Clock:
    """Processor seconds by name."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {}

    def timed(self, name, work, *inputs, **options):
        begun = time.process_time()
        found = work(*inputs, **options)
        self.spent.setdefault(name, []).append(time.process_time() - begun)
        return found


def measure_apart(clock, asked, answers, shown, profile, codes) -> None:
    """What is no part of the standard figures: all pairs, equal ticks, near-identical texts."""
    from benchmarks.arrays import all_pairs
    from benchmarks.letters import letters
    from consultations.statistics.campaigns import same_vectors
    from consultations.statistics.pairs import associations
    from consultations.statistics.report import closed_answers
    from consultations.statistics.similarity import near_identical
    from consultations.statistics.survey import surveyed

    survey = surveyed(asked, answers, shown, 5, profile)
    clock.timed("all pairs", associations, survey)
    clock.timed("all pairs, bare", all_pairs, asked, codes)
    clock.timed("equal ticks", same_vectors, closed_answers(asked, answers))
    texts = letters(len(answers))
    group = clock.timed("equal texts", near_identical, texts)
    assert (group >= 0).sum() >= len(texts) // 10, "the edited letters were not found"


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
