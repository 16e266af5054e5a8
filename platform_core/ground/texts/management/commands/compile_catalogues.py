import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import get_format
from django.utils.translation import to_language

CLOSED_BY_DAY = re.compile(r"%\(day\)s\.(?=\s|$)")


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
    compiled, written = source.with_suffix(".mo"), max(path.stat().st_mtime for path in (source, Path(__file__)))
    return not compiled.exists() or compiled.stat().st_mtime < written


def compile_catalogue(source: Path) -> bool:
    """Puts the whole file in place at once: a server may be reading the old one."""
    try:
        catalogue = polib.pofile(str(source))
    except (OSError, ValueError) as error:
        raise CommandError(f"{source} cannot be read: {error}") from error
    if get_format("DATE_FORMAT", to_language(source.parents[1].name)).endswith("."):
        close_with_days(catalogue)
    new = source.with_suffix(".mo.new")
    catalogue.save_as_mofile(str(new))
    new.replace(source.with_suffix(".mo"))
    return True


def close_with_days(catalogue: polib.POFile) -> None:
    """Where a day ends with a point of its own, as in Bulgarian or Croatian, it ends the sentence too."""
    for entry in catalogue:
        entry.msgstr = CLOSED_BY_DAY.sub("%(day)s", entry.msgstr)
        entry.msgstr_plural = {n: CLOSED_BY_DAY.sub("%(day)s", text) for n, text in entry.msgstr_plural.items()}
