"""What translators type: a page of texts at once, each with what was seen of it when the page was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.texts.codes import interface_code, language_choices
from platform_core.ground.ui.languages import native_name
from platform_core.materials.files.uploads import OversizedFile

from . import checks
from .selectors import kind_name, kinds
from .services import Entry
from .states import STALE, Cell, hash_of
from .texts import normal

PER_PAGE = 25


@dataclass
class Line:
    """One text on the page: its cell, what is in its field, and what is wrong with it."""

    cell: Cell
    typed: str
    seen: str
    is_reviewed: bool = False
    is_same: bool = False
    errors: list[str] = field(default_factory=list)
    theirs: str | None = None
    is_unsent: bool = False
    still_fits: bool = False
    suggestions: Sequence[Any] = ()

    @property
    def key(self) -> str:
        return self.cell.text.key

    @property
    def hints(self) -> list[str]:
        return checks.hints(self.cell.text, self.typed, is_same=self.is_same)

    @property
    def rows(self) -> int:
        return min(
            14, max(2, *(words.count("\n") + len(words) // 55 + 1 for words in (self.cell.text.words, self.typed)))
        )

    @property
    def is_touched(self) -> bool:
        """Whether anything is to be kept of this line."""
        held = self.cell.row
        if self.still_fits and self.typed.strip():
            return self.cell.state == STALE or self.is_changed
        if self.is_reviewed and self.typed.strip():
            return self.cell.state != "reviewed" or bool(self.cell.draft) or self.is_changed
        return self.is_changed or self.is_same != bool(held and held.is_same)

    @property
    def is_changed(self) -> bool:
        return normal(self.typed) != normal(self.cell.current)


class DeskPage:
    """The lines of one page of the desk: as they stand, with what was typed before and not sent, or as they were sent."""

    def __init__(self, cells: Sequence[Cell], *, sent: Mapping[str, str] | None = None, begun=None) -> None:
        self.lines = [sent_line(cell, sent) if sent else begun_line(cell, begun or {}) for cell in cells]

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    def entries(self) -> dict[str, Entry]:
        return {
            line.key: Entry(line.typed, line.is_reviewed, line.is_same, line.seen)
            for line in self.lines
            if line.is_touched
        }

    def show(self, problems: Mapping[str, Sequence[str]]) -> None:
        """What the service found wrong, at the lines it concerns."""
        for line in self.lines:
            line.errors += problems.get(line.key, [])


def begun_line(cell: Cell, begun: Mapping[str, str]) -> Line:
    """What was typed and not sent, unless nothing was; it is checked against what was seen then."""
    key = cell.text.key
    line = Line(cell, cell.current, cell.mark, is_same=bool(cell.row and cell.row.is_same))
    text, seen = begun.get(f"text-{key}"), begun.get(f"seen-{key}", cell.mark)
    if text is not None and not is_as_seen(text, seen) and normal(text) != normal(cell.current):
        line.typed, line.seen, line.is_unsent = text, seen, True
    return line


def sent_line(cell: Cell, sent: Mapping[str, str]) -> Line:
    key, text = cell.text.key, sent.get(f"text-{cell.text.key}", cell.current)
    is_reviewed = f"reviewed-{key}" in sent or ("all_reviewed" in sent and bool(text.strip()))
    seen = sent.get(f"seen-{key}", cell.mark)
    still_fits = f"fits-{key}" in sent
    if is_as_seen(text, seen) and not is_reviewed and not still_fits:
        text = cell.current  # nothing was typed here, whatever others did meanwhile
    line = Line(cell, text, cell.mark, is_reviewed, f"same-{key}" in sent, still_fits=still_fits)
    if seen != cell.mark and line.is_touched:
        line.errors.append(changed_meanwhile(seen, cell))
        line.theirs = cell.current
    return line


def is_as_seen(text: str, seen: str) -> bool:
    return seen.endswith(hash_of(normal(text))[:12])


def changed_meanwhile(seen: str, cell: Cell) -> str:
    if seen.partition("-")[0] != cell.mark.partition("-")[0]:
        return _("The source has changed meanwhile. Sent once more, yours is kept for the source as it reads now.")
    return _("Somebody else has changed this meanwhile; their text is shown below. Sent once more, yours is kept.")


class OverviewFilter(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [
            ("", _("all")),
            *((code, native_name(interface_code(code))) for code, _name in language_choices()),
        ],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("missing", gettext_lazy("something is missing")),
            ("stale", gettext_lazy("something is out of date")),
            ("draft", gettext_lazy("something waits for review")),
            ("open", gettext_lazy("not ready")),
            ("ready", gettext_lazy("ready")),
        ],
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who translates"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("mine", gettext_lazy("I do")),
            ("nobody", gettext_lazy("nobody has taken it on")),
        ],
    )
    words = forms.CharField(label=gettext_lazy("Words of the title"), required=False, max_length=100)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.label, kind_name(kind)) for kind in kinds()]  # type: ignore[attr-defined]


class BringForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with translations"),
        help_text=gettext_lazy("XLIFF 1.2 or 2.0, XLSX or CSV (UTF-8), at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff,.xlsx,.csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, OversizedFile):
            raise forms.ValidationError(_("The file is larger than can be read: at most 5 MB."))
        return file
