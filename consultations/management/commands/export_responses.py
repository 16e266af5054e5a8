from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultations.exports import FORMATS, Answers
from consultations.models import Consultation
from consultations.services.exports import withheld
from platform_core.ground.texts.codes import CODES


class Command(BaseCommand):
    help = "Writes the answers of a consultation to a file."

    def add_arguments(self, parser):
        parser.add_argument("consultation", help="the code of the consultation")
        parser.add_argument("--format", default="csv", choices=FORMATS, help="csv when not given")
        parser.add_argument("--language", choices=CODES, help="labels in this language; codes where none is given")
        parser.add_argument("--no-mark", action="store_true", help="CSV without a byte order mark")
        parser.add_argument("--out", type=Path, help="the code with the ending of the format when not given")

    def handle(self, *args, consultation, format, language, no_mark, out, **options):
        found = Consultation.objects.select_related("topic").filter(code=consultation).first()
        if found is None:
            known = ", ".join(Consultation.objects.order_by("code").values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no consultation “{consultation}”. There are: {known}.")
        if reason := withheld(found):
            raise CommandError(reason)
        answers = Answers(found, language or "en", labels=bool(language), mark=not no_mark)
        path = out or Path(f"{found.code}.{FORMATS[format].ending}")
        try:
            with path.open("wb") as file:
                FORMATS[format].write(answers, file)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{answers.responses.count()} responses, {len(answers.columns)} columns: {path}")
