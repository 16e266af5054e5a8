"""One measurement of files of answers inside the product: `formats_run RESPONSES ROUNDS`; prints JSON."""

import csv
import io
import json
import sys
import time
from pathlib import Path

import django

from benchmarks.questionnaires import ASKED, OTHER, answered

BUDGETED = ("csv", "xlsx")


def main(number: int, rounds: int) -> None:
    """Without rounds it prepares, so that measuring begins in a process that has held no answers yet."""
    django.setup()
    from consultations.models import Consultation

    if not rounds:
        prepare(number)
    print(json.dumps(measure(Consultation.objects.get(code=ASKED), rounds) if rounds else {}))


def prepare(number: int) -> None:
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    answered(number)
    answered(0, OTHER)


def measure(consultation, rounds: int) -> dict:
    from consultations.exports import FORMATS, Answers

    spent: dict[str, list[float]] = {}

    def timed(name, work, *inputs):
        begun = time.process_time()
        found = work(*inputs)
        spent.setdefault(name, []).append(time.process_time() - begun)
        return found

    def write(form, of=consultation):
        made = Sink()
        FORMATS[form].write(Answers(of, "en", labels=True), made)
        return made

    other = type(consultation).objects.get(code=OTHER)  # has no answers; imports and compiles
    for form in BUDGETED:
        write(form, other)
    before = memory("VmRSS")
    for form in BUDGETED:
        write(form)
    grown = memory("VmHWM") - before
    labelled, both = cells(consultation)
    for _ in range(rounds):
        timed("csv", write, "csv")
        timed("csv, bare", bare_csv, labelled)
        timed("reading, bare", bare_reading)
        timed("xlsx", write, "xlsx")
        timed("xlsx, bare", bare_xlsx, both)
    return {**spent, "grown": grown / 1024, "columns": len(labelled[0])}


def memory(what: str) -> int:
    """Kilobytes this process holds now (VmRSS) or has held at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


class Sink(io.RawIOBase):
    """A file that counts what is written to it."""

    size = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data) -> int:
        self.size += len(data)
        return len(data)


def cells(consultation) -> tuple[list[list], list[list[list]]]:
    """What stands in the CSV, and in both sheets of the workbook."""
    from consultations.exports import Answers, plain, sheets, voices

    def labels(column):
        return voices.labels(column, "en")

    answers = Answers(consultation, "en", labels=True)
    both = [
        [[column.name for column in answers.columns], *sheets.cells(answers, voice)] for voice in (voices.codes, labels)
    ]
    return [plain.csv_head(answers), *both[1][1:]], both


def bare_csv(rows: list[list]) -> None:
    csv.writer(io.StringIO()).writerows(rows)


def bare_reading() -> list:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT language, audience, channel, day, answers FROM consultations_response ORDER BY id")
        return [(*row[:-1], json.loads(row[-1])) for row in cursor.fetchall()]


def bare_xlsx(both: list[list[list]]) -> None:
    """XlsxWriter's own time for the cells of both sheets."""
    from xlsxwriter import Workbook

    from consultations.exports import sheets

    with Workbook(Sink(), sheets.PLAIN) as book:
        for rows in both:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value != "":
                        (sheet.write_string if isinstance(value, str) else sheet.write_number)(number, place, value)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
