"""A meeting as files: its minutes as a paper, and all of it as a zip to read without the platform."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from platform_core.ground.reports import papers
from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.wikitext import Part
from platform_core.ground.ui.moments import moment_words
from platform_core.programme.events.ical import calendar

from ..models import AgendaItem, Document, MadeFile, Meeting
from ..selectors import meetings as selectors, minutes as writing
from ..selectors.documents import seen_versions
from .packs import add, safe

PAPERS = ("pdf", "docx")


def write_minutes(run, made: MadeFile, out: BinaryIO) -> list[Meeting]:
    out.write(paper(made.meeting, made.person, made.ending))
    return [made.meeting]


def write_all(run, made: MadeFile, out: BinaryIO) -> list[Meeting | Document]:
    return [made.meeting, *pack(made.meeting, made.person, out)]


def paper(meeting: Meeting, person, kind: str) -> bytes:
    """The minutes with who was there, what was decided and what is to be done."""
    if not writing.may_read(person, meeting):
        raise ValidationError(_("You may not read these minutes."))
    minutes = writing.minutes_of(meeting)
    points = writing.points(person, meeting, minutes)
    parts = [
        Part(head(meeting, person, minutes)),
        *(Part(told(point), heading=heading(point.item)) for point in points),
    ]
    return papers.paper(kind, _("Minutes: %(title)s") % {"title": meeting.title}, parts, tag(meeting.language))


def heading(item) -> str:
    return f"{item.position}. {item.title}"


def head(meeting: Meeting, person, minutes) -> str:
    """When, where, who was there, and what the minutes are worth; names for those who work together only."""
    lines = [str(meeting.group.topic.name), *when(meeting)]
    inside = person.has_perm("workinggroups.comment_minutes", meeting)
    there = [row for row in selectors.participants(meeting) if row.attended]
    names = [named(row, inside) for row in there]
    if names:
        heading = _("Who was there")
        lines.append(f"{heading}:\n\n" + "\n".join(f"- {plain(name)}" for name in names))
    if meeting.recording:
        heading = _("Recording")
        lines.append(f"{heading}: <{iri_to_uri(meeting.recording)}>")
    if minutes is not None:
        lines += [*also_present(minutes, inside), standing(minutes, person), *opened_again(minutes, inside)]
    return "\n\n".join(lines)


def also_present(minutes, inside: bool) -> list[str]:
    also = _("Also present")
    return [f"{also}: {plain(minutes.others_present)}"] if inside and minutes.others_present else []


def standing(minutes, person) -> str:
    """Their state, where they were approved if she may see that, and the fingerprint of what is final."""
    facts, later = [str(minutes.get_state_display())], writing.approved_at(person, minutes)
    if later is not None:
        title = {"title": plain(later.title)}
        corrected = minutes.approved_in.outcome == AgendaItem.Outcome.CORRECTED
        facts.append(
            _("approved with corrections at “%(title)s”") % title if corrected else _("approved at “%(title)s”") % title
        )
    return ", ".join([*facts, *([f"SHA-256 `{minutes.fingerprint}`"] if minutes.fingerprint else [])])


def opened_again(minutes, inside: bool) -> list[str]:
    """When final minutes were opened again and why, the same as on their page."""
    rows = list(writing.reopenings(minutes)) if inside else []
    zone, again = minutes.meeting.time_zone, _("Opened again")
    told = [f"- {moment_words(row.said_at, zone)}: {plain(' '.join(row.text.split()))}" for row in rows]
    return [f"{again}:\n\n" + "\n".join(told)] if told else []


def named(row, inside: bool) -> str:
    known = (str(row.person or "–") if inside else "", str(row.organisation or ""))
    return ", ".join(part for part in known if part)


def when(meeting: Meeting) -> list[str]:
    moments = [moment_words(moment, meeting.time_zone) for moment in (meeting.starts, meeting.ends) if moment]
    return [" – ".join(moments), *([plain(meeting.place)] if meeting.place else [])]


def plain(words: str) -> str:
    """A line of people's words that no sign in it turns into something else."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+-.!|" else sign for sign in words)


def told(point: writing.Point) -> str:
    nothing, decision, task = _("Nothing written."), _("Decided"), _("To do")
    lines = [f"**{point.item.get_outcome_display()}**"] if point.item.outcome else []
    lines.append(point.text or f"*{nothing}*")
    decided = [f"- {decision}: {one.number} {plain(str(one.title))}" for one in point.decisions]
    to_do = [f"- {task}: {plain(one.title)}{owner(one)}" for one in point.tasks]
    return "\n\n".join([*lines, *(["\n".join([*decided, *to_do])] if decided or to_do else [])])


def owner(task) -> str:
    known = [str(task.owner)] if task.owner else []
    known += [task.due_on.isoformat()] if task.due_on else []
    return f" ({plain(', '.join(known))})" if known else ""


def pack(meeting: Meeting, person, made) -> list[Document]:
    """Agenda, minutes as far as she may read them, papers by item, and the entry for calendars."""
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("agenda.pdf", agenda_paper(meeting, person))
        if writing.may_read(person, meeting) and writing.minutes_of(meeting):
            archive.writestr("minutes.pdf", paper(meeting, person, "pdf"))
        if meeting.starts:
            archive.writestr("meeting.ics", calendar(meeting.title, [selectors.entry(meeting, person)]))
        inside = {}
        for path, document in papers_of(meeting, person):
            version = seen_versions(person, document).first()
            if version is not None:
                add(archive, f"{path}-{safe(version.name or document.title + '.md', document.pk)}", version)
                inside[document.pk] = document
    return list(inside.values())


def papers_of(meeting: Meeting, person) -> Iterator[tuple[str, Document]]:
    for place in selectors.agenda(person, meeting):
        for number, document in enumerate(place.papers, 1):
            yield f"papers/{place.item.position}-{number}", document


def agenda_paper(meeting: Meeting, person) -> bytes:
    parts = [Part("\n\n".join([*when(meeting), meeting.text]))]
    for place in selectors.agenda(person, meeting):
        begins = timezone.localtime(place.begins, meeting.zone).strftime("%H:%M") if place.begins else ""
        facts = [begins, _("%(n)s minutes") % {"n": place.item.duration}, place.item.speaker]
        lines = [" · ".join(plain(fact) for fact in facts if fact), place.item.text]
        lines += [f"- {plain(document.title)}" for document in place.papers]
        parts.append(Part("\n\n".join(line for line in lines if line), heading=heading(place.item)))
    return papers.paper("pdf", meeting.title, parts, tag(meeting.language))
