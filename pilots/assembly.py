"""What a final report begins with: published mechanisms, recommendations, lessons and findings of a topic, as Markdown.

Only what everybody can read goes in, for the report will be public.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _, override

from consultations.selectors.findings import findings
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.text import Text
from repository.models import Record
from repository.selectors import records
from workinggroups.models import WorkingGroup

from . import contents
from .selectors import mechanisms

MOST = 60
FOUND = ("consultation_result", "benchmark", "evaluation", "report")
TOLD = ("problem", "working", "steps", "success")


def assembled(group: WorkingGroup, language: str) -> list[tuple[str, str, str]]:
    """Parts in their order: what each is put together from, its heading and its text."""
    with override(interface_code(language)):
        return [
            ("introduction", _("What the group set out to do"), introduction(group, language)),
            ("mechanisms", _("Policy learning mechanisms"), designed(group, language)),
            ("recommendations", _("Recommendations"), filed(group, language, "recommendation")),
            ("lessons", _("Lessons: what did not work"), filed(group, language, "lesson")),
            ("findings", _("What was found"), found(group, language)),
            ("conclusions", _("Conclusions"), ""),
        ]


def introduction(group: WorkingGroup, language: str) -> str:
    return group.summary.localise(language).text or group.topic.summary.localise(language).text


def designed(group: WorkingGroup, language: str) -> str:
    rows = mechanisms.published(AnonymousUser(), topic=str(group.pk))[:MOST]
    return "\n\n".join(mechanism_in(row, language) for row in rows) or nothing()


def mechanism_in(row, language: str) -> str:
    def said(name: str) -> str:
        return contents.text_of(row, row.published, name).localise(language).text

    facts = {"number": row.code, "version": row.published.number, "hash": row.published.sha256[:12]}
    parts = [f"## {said('title')}", said("summary")]
    parts += [f"### {contents.name_of(name)}\n\n{said(name)}" for name in TOLD if said(name)]
    parts.append(_("Mechanism %(number)s, version %(version)s, SHA-256 %(hash)s…") % facts)
    return "\n\n".join(part for part in parts if part)


def filed(group: WorkingGroup, language: str, *kinds: str) -> str:
    rows = of_group(group, kinds)
    return "\n".join(item(row.title, row.summary, language, row.code) for row in rows[:MOST]) or nothing()


def of_group(group: WorkingGroup, kinds: Iterable[str]):
    public = records(AnonymousUser()).filter(state=Record.State.PUBLISHED, topics=group.pk, kind__in=kinds)
    return public.order_by("code")


def found(group: WorkingGroup, language: str) -> str:
    rows = findings(AnonymousUser()).filter(consultation__topic=group.pk).order_by("pk")[:MOST]
    told = [item(row.title, row.text, language, "") for row in rows]
    told += [item(row.title, row.summary, language, row.code) for row in of_group(group, FOUND)[:MOST]]
    return "\n".join(told) or nothing()


def item(title: Text, text: Text, language: str, code: str) -> str:
    """One line of a list; records are named by their code, which never changes."""
    words = " ".join(text.localise(language).text.split())
    line = f"- **{title.localise(language).text}**" + (f" – {words}" if words else "")
    return f"{line} ({code})" if code else line


def nothing() -> str:
    return _("Nothing is stored yet.")
