from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from repository.documents import file_documents


class Command(BaseCommand):
    help = "Files the documents of a folder in the repository, as its sidecar documents.json describes them."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--sidecar", type=Path, help="documents.json in the folder when not given")

    def handle(self, *args, folder, sidecar, **options):
        try:
            records = file_documents(folder, sidecar or folder / "documents.json")
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for record in records:
            self.stdout.write(f"{record.code}: {record}")
