"""What a final report begins with: what the topic has published, from mechanisms to findings, as Markdown.

Only what everybody can read goes in, for the report will be public.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _, ngettext, override

from consultations.selectors.findings import findings
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.text import Text
from repository.models import Record
from repository.selectors import records
from workinggroups.models import WorkingGroup

from . import contents
from .models import PeerReview, Pilot
from .selectors import evaluations, mechanisms, pilots, reviews

MOST = 60
FOUND = ("consultation_result", "benchmark", "evaluation", "report")
TOLD = ("problem", "working", "steps", "success")


def assembled(group: WorkingGroup, language: str) -> list[tuple[str, str, str]]:
    """Parts in their order: what each is put together from, its heading and its text."""
    with override(interface_code(language)):
        return [
            ("introduction", _("What the group set out to do"), introduction(group, language)),
            ("mechanisms", _("Policy learning mechanisms"), designed(group, language)),
            ("pilots", _("Pilot actions and what their evaluation found"), tried(group, language)),
            ("reviews", _("Peer reviews and what became of their advice"), reviewed(group, language)),
            ("recommendations", _("Recommendations"), filed(group, language, "recommendation")),
            ("lessons", _("Lessons: what did not work"), filed(group, language, "lesson")),
            ("findings", _("What was found"), found(group, language)),
            ("conclusions", _("Conclusions"), ""),
        ]


def introduction(group: WorkingGroup, language: str) -> str:
    return group.summary.localise(language).text or group.topic.summary.localise(language).text


def designed(group: WorkingGroup, language: str) -> str:
    rows = mechanisms.published(AnonymousUser(), topic=str(group.pk))
    return first(rows, lambda row: mechanism_in(row, language), between="\n\n")


def first(rows: QuerySet, told: Callable[[Any], str], between: str = "\n") -> str:
    """At most so many, and how many there are besides."""
    lines = [told(row) for row in rows[:MOST]]
    if len(lines) == MOST and (more := rows.count() - MOST):
        lines.append(ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more})
    return between.join(lines) or nothing()


def mechanism_in(row, language: str) -> str:
    def said(name: str) -> str:
        return contents.text_of(row, row.published, name).localise(language).text

    facts = {"number": row.code, "version": row.published.number, "hash": row.published.sha256[:12]}
    parts = [f"## {said('title')}", said("summary")]
    parts += [f"### {contents.name_of(name)}\n\n{said(name)}" for name in TOLD if said(name)]
    parts.append(_("Mechanism %(number)s, version %(version)s, SHA-256 %(hash)s…") % facts)
    return "\n\n".join(part for part in parts if part)


def filed(group: WorkingGroup, language: str, *kinds: str) -> str:
    return first(of_group(group, kinds), lambda row: item(row.title, row.summary, language, row.code))


def tried(group: WorkingGroup, language: str) -> str:
    """Pilot actions of the topic that have ended, with the conclusion of those that are evaluated."""
    rows = pilots.listed(AnonymousUser(), topic=str(group.pk)).filter(state__in=("finished", "evaluated"))
    return first(rows, lambda row: pilot_in(row, language))


def pilot_in(row: Pilot, language: str) -> str:
    line = item(row.title, row.summary, language, "")
    if row.state != Pilot.State.EVALUATED:
        return f"{line} {row.get_state_display()}."
    return f"{line} {evaluations.outcome_of(row)}: {' '.join(row.conclusion.split())}"


def reviewed(group: WorkingGroup, language: str) -> str:
    rows = reviews.published(AnonymousUser(), topic=str(group.pk)).prefetch_related("recommendations")
    return first(rows, lambda row: review_in(row, language))


def review_in(row: PeerReview, language: str) -> str:
    lines = [item(row.title, row.summary, language, "")]
    for advice in row.recommendations.all():
        words = " ".join(advice.text.localise(language).text.split())
        lines.append(f"    - {words} ({advice.get_state_display()})")
    return "\n".join(lines)


def of_group(group: WorkingGroup, kinds: Iterable[str]):
    public = records(AnonymousUser()).filter(state=Record.State.PUBLISHED, topics=group.pk, kind__in=kinds)
    return public.order_by("code")


def found(group: WorkingGroup, language: str) -> str:
    """Findings of consultations, then records of what was found."""
    heard = findings(AnonymousUser()).filter(consultation__topic=group.pk).order_by("pk")
    written = of_group(group, FOUND)
    parts = []
    if heard.exists():
        parts.append(first(heard, lambda row: item(row.title, row.text, language, "")))
    if written.exists():
        parts.append(first(written, lambda row: item(row.title, row.summary, language, row.code)))
    return "\n".join(parts) or nothing()


def item(title: Text, text: Text, language: str, code: str) -> str:
    """One line of a list; records are named by their code, which never changes."""
    words = " ".join(text.localise(language).text.split())
    line = f"- **{title.localise(language).text}**" + (f" – {words}" if words else "")
    return f"{line} ({code})" if code else line


def nothing() -> str:
    return _("Nothing is stored yet.")
