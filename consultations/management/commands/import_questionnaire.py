from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consultations.imports import Draft, read_questionnaire
from consultations.services import imports
from platform_core.ground.vocabulary import selectors as vocabulary


class Command(BaseCommand):
    help = "Takes over a questionnaire (own JSON, XLSForm, LimeSurvey .lss or .txt) as a consultation in preparation."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what is in the file")
        parser.add_argument("--topic", type=int, default=1, help="number of the topic, 1 when not given")

    def handle(self, *args, file, dry_run, topic, **options):
        try:
            draft = imports.with_pictures(read_questionnaire(file.read_bytes(), file.name), by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        self.tell(draft)
        if dry_run:
            return
        if vocabulary.topic(topic) is None:
            raise CommandError(f"There is no topic {topic}.")
        opens = timezone.now() + timedelta(days=imports.LEAD)
        made = imports.drawn_up(draft, topic, opens=opens)
        self.stdout.write(f"Taken over as “{made.code}”, in preparation.")

    def tell(self, draft: Draft) -> None:
        counts = ", ".join(f"{code} {number}" for code, number in sorted(draft.languages.items()))
        self.stdout.write(f"Languages: {counts}")
        self.stdout.write(f"Sections: {len(draft.sections)}")
        self.stdout.write(f"Questions: {len(draft.questions)}")
        self.stdout.write(f"Texts taken: {draft.languages.total()}")
        left = ", ".join(f"{name} {number}" for name, number in sorted(draft.left.items()))
        self.stdout.write(f"Texts not taken: {draft.not_taken}{f' ({left})' if left else ''}")
        self.stdout.write(f"Not taken over as it was: {len(draft.notes)}")
        for note in draft.notes:
            self.stdout.write(f"- {': '.join(part for part in (note.where, note.what, note.why) if part)}")
