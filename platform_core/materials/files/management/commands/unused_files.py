from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from platform_core.materials.files import unused


class Command(BaseCommand):
    help = "Lists the stored files that nothing points to; with --delete they go. The platform does so by itself every day."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=unused.DAYS, help="kept last so many days ago or earlier")
        parser.add_argument("--delete", action="store_true", help="delete them; without it nothing is changed")

    def handle(self, *args, days, delete, **options):
        found = unused.long_unused(days)
        for file in found:
            self.stdout.write(f"{file.sha256}  {file.size:>12}  {file.media_type}")
        if delete:
            number = unused.purge(timezone.now() - timedelta(days=days))
            self.stdout.write(f"Deleted {number} of {len(found)} files.")
        else:
            self.stdout.write(f"{len(found)} files, {sum(file.size for file in found)} bytes. Nothing was deleted.")
