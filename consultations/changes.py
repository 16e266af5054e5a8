"""What a new version of a questionnaire changes, and whether answers to both can still be put together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import SOURCE

from .drafting import PARTS, WORDS, own
from .questions.kinds import codes, names, words
from .structure import Structure, questions

MEASURES = ("min", "max", "step", "total", "top", "whole", "level", "display", "exclusive", "other", "dont_know")
STRICTER = ("max_length", "max_mb", "accept")


@dataclass(frozen=True)
class Change:
    """One difference: where, what in words, and why it breaks comparability, empty where it does not."""

    code: str
    told: str
    why: str = ""

    @property
    def breaks(self) -> bool:
        return bool(self.why)


def changes(old: Structure, new: Structure) -> list[Change]:
    """Everything that differs; what breaks comparability first."""
    found = [*of_audiences(old, new), *of_sections(old, new), *of_moves(old, new), *of_questions(old, new)]
    return sorted(found, key=lambda change: not change.breaks)


def of_audiences(old: Structure, new: Structure) -> Iterator[Change]:
    before, after = ({one["code"]: one for one in structure.get("audiences") or ()} for structure in (old, new))
    for code in before.keys() - after.keys():
        yield Change(code, _("The audience is gone."), _("Answers of this audience have no counterpart any more."))
    for code in after.keys() - before.keys():
        yield Change(code, _("An audience was added."), _("Earlier respondents could not say that they belong to it."))
    for code in before.keys() & after.keys():
        yield from of_text(code, before[code]["text"], after[code]["text"])


def of_sections(old: Structure, new: Structure) -> Iterator[Change]:
    before, after = ({one["code"]: one for one in structure["sections"]} for structure in (old, new))
    for code in after:
        if code not in before:
            yield Change(code, _("A section was added."))
        else:
            yield from of_section(code, own(before[code]), own(after[code]))
    for code in before:
        if code not in after:
            yield Change(code, _("The section is gone."))
    kept = [code for code in before if code in after]
    if kept != [code for code in after if code in before]:
        yield Change("", _("The order of the sections."))


def of_moves(old: Structure, new: Structure) -> Iterator[Change]:
    """Questions that stand in another section, which is for other people than the one they stood in."""
    before, after = (
        {question["code"]: section for section in structure["sections"] for question in section["questions"]}
        for structure in (old, new)
    )
    for code in before:
        if code in after and before[code]["code"] != after[code]["code"] and reach(before[code]) != reach(after[code]):
            yield Change(code, _("Moved into a section under other conditions or for other audiences."), other_people())


def reach(section: dict) -> tuple[dict | None, list[str]]:
    """Whom a section is for: its condition, and its audiences in one order."""
    return section.get("show") or None, sorted(section.get("audiences") or ())


def other_people() -> str:
    return _("Other people are asked than before.")


def of_section(code: str, before: dict, after: dict) -> Iterator[Change]:
    for word in ("title", "text"):
        yield from of_text(code, before.get(word) or {}, after.get(word) or {})
    if before.get("show") != after.get("show"):
        yield Change(code, _("The condition of the section."), other_people())
    if sorted(before.get("audiences") or ()) != sorted(after.get("audiences") or ()):
        yield Change(code, _("The audiences of the section."), other_people())


def of_questions(old: Structure, new: Structure) -> Iterator[Change]:
    before, after = ({one["code"]: one for one in questions(structure)} for structure in (old, new))
    for code, question in before.items():
        if code not in after:
            yield Change(code, _("The question is gone."), _("Later respondents do not answer it."))
        else:
            yield from of_question(question, after[code])
    for code, question in after.items():
        if code not in before:
            required = question.get("required") or question.get("require")
            if required:
                yield Change(code, _("A required question was added."), _("Earlier answers lack it."))
            else:
                yield Change(code, _("An optional question was added."))
    homes = [{q["code"]: s["code"] for s in structure["sections"] for q in s["questions"]} for structure in (old, new)]
    kept = [(code, homes[0][code]) for code in homes[0] if code in homes[1]]
    if kept != [(code, homes[1][code]) for code in homes[1] if code in homes[0]]:
        yield Change("", _("The order of the questions."))


def of_mark(is_marked: bool) -> str:
    """What one published version marks holds for the answers to all."""
    if is_marked:
        return _("It is marked now as asking for personal data; earlier answers are kept apart as well.")
    return _(
        "It is no longer marked as asking for personal data; as an earlier version did so, answers stay kept apart."
    )


def of_question(old: dict, new: dict) -> Iterator[Change]:
    code = new["code"]
    if old["type"] != new["type"]:
        yield Change(code, _("The type of the question."), _("Answers of two types cannot be counted together."))
        return
    for word in WORDS:
        if isinstance(old.get(word) or new.get(word), dict):
            yield from of_text(code, old.get(word) or {}, new.get(word) or {})
    for part in PARTS:
        yield from of_parts(code, part, old, new)
    yield from of_duty(code, old, new)
    if old.get("show") != new.get("show"):
        yield Change(code, _("The condition under which it is shown."), other_people())
    yield from of_measures(code, old, new)
    if bool(old.get("identifies")) != bool(new.get("identifies")):
        yield Change(code, of_mark(bool(new.get("identifies"))))
    if old.get("image") != new.get("image"):
        yield Change(code, _("The picture."))


def of_duty(code: str, old: dict, new: dict) -> Iterator[Change]:
    if new.get("required") and not old.get("required"):
        yield Change(code, _("It is required now."), _("Earlier respondents could leave it out."))
    elif old.get("required") and not new.get("required"):
        yield Change(code, _("It can be left out now."), _("Earlier respondents could not leave it out."))
    if old.get("require") != new.get("require"):
        yield Change(code, _("The condition under which it is required."), _("Other people have to answer it."))


def of_measures(code: str, old: dict, new: dict) -> Iterator[Change]:
    for name in MEASURES:
        if old.get(name) != new.get(name) and not (name == "display" or isinstance(new.get(name), dict)):
            told = _("%(name)s: %(before)s → %(after)s")
            values = {"name": name, "before": plain(old.get(name)), "after": plain(new.get(name))}
            yield Change(code, told % values, _("What could be answered is not the same."))
    for name in (*STRICTER, "display"):
        if old.get(name) != new.get(name):
            values = {"name": name, "before": plain(old.get(name)), "after": plain(new.get(name))}
            yield Change(code, _("%(name)s: %(before)s → %(after)s") % values)


def plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "–" if value is None or value is False else _("yes") if value is True else str(value)


def of_parts(code: str, part: str, old: dict, new: dict) -> Iterator[Change]:
    before, after = codes(old, part), codes(new, part)
    if not before and not after:
        return
    is_scale = part == "scale"
    for gone in before:
        if gone not in after:
            told = _("“%(text)s” is gone.") % {"text": names(old, part)[gone]}
            yield Change(code, told, _("Earlier answers chose it."))
    fresh = [one for one in after if one not in before]
    at_end = after[len(after) - len(fresh) :] == fresh
    for one in fresh:
        told = _("“%(text)s” was added.") % {"text": names(new, part)[one]}
        if is_scale:
            yield Change(code, told, _("A scale with another number of steps measures something else."))
        elif part == "options" and new["type"] in ("ranking", "budget"):
            yield Change(code, told, _("Earlier respondents shared out among fewer."))
        else:
            yield Change(code, told, "" if at_end else _("Added between the others, it changes what is chosen."))
    yield from of_order(code, before, after, is_scale=is_scale)
    texts_before, texts_after = ({item["code"]: item["text"] for item in one.get(part) or ()} for one in (old, new))
    for one in before:
        if one in texts_after:
            yield from of_text(code, texts_before[one], texts_after[one])


def of_order(code: str, before: list[str], after: list[str], *, is_scale: bool) -> Iterator[Change]:
    kept = [one for one in before if one in after]
    if kept != [one for one in after if one in before]:
        yield Change(code, _("The order of the answers."), _("A scale is its order.") if is_scale else "")


def of_text(code: str, old: dict, new: dict) -> Iterator[Change]:
    if (old.get(SOURCE) or "") != (new.get(SOURCE) or ""):
        told = {"before": words(old) or "–", "after": words(new) or "–"}
        yield Change(code, _("Wording: “%(before)s” → “%(after)s”") % told)
    fresh = sorted(language for language in {*old, *new} - {SOURCE} if old.get(language) != new.get(language))
    if fresh:
        yield Change(code, _("Translation: %(languages)s") % {"languages": ", ".join(fresh)})
