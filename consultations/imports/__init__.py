"""Questionnaires of this and of other programs: XLSForm, LimeSurvey (.lss, tab-separated .txt), our own JSON."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from . import lss, own, tabbed, xlsform
from .bounds import UnreadableError, check_size
from .drafting import Draft

__all__ = ["READERS", "Draft", "UnreadableError", "read_questionnaire"]

READERS = {".json": own.read, ".xlsx": xlsform.read, ".lss": lss.read, ".txt": tabbed.read}


def read_questionnaire(content: bytes, name: str) -> Draft:
    """What a file holds; raises UnreadableError for what is no questionnaire."""
    check_size(len(content))
    ending = PurePath(name).suffix.lower()
    if ending not in READERS:
        raise UnreadableError(
            _("Please choose one of these kinds of files: %(kinds)s.") % {"kinds": ", ".join(READERS)}
        )
    draft = Draft()
    READERS[ending](content, draft)
    return draft.finished()
