from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compiles the message catalogues without gettext's programs; what is up to date is left alone."
    requires_system_checks = ()

    def handle(self, *args, **options):
        done = [source for source in catalogues() if is_stale(source) and compile_catalogue(source)]
        if done:
            self.stdout.write(f"Compiled {len(done)} message catalogues.")


def catalogues() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_catalogue(source: Path) -> bool:
    """Puts the whole file in place at once: a server may be reading the old one."""
    try:
        catalogue = polib.pofile(str(source))
    except (OSError, ValueError) as error:
        raise CommandError(f"{source} cannot be read: {error}") from error
    new = source.with_suffix(".mo.new")
    catalogue.save_as_mofile(str(new))
    new.replace(source.with_suffix(".mo"))
    return True
