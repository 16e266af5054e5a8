"""What stands between a consultation and its opening, or the next version and its publication."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary

from ..changes import Change, changes
from ..models import Consultation, Questionnaire, Response
from ..profile import AUDIENCE, ELSEWHERE, audience_of, is_profile, with_audience
from ..questions.kinds import names
from ..structure import question_texts, questions
from . import approvals, drafting
from .answers import comparable, responses


@dataclass(frozen=True)
class Quota:
    """Answers wanted, given to any version, and counted in results: those to versions that can be compared. What is lacking
    is told by what counts. For the organiser's information, never a reason to refuse an answer."""

    label: str
    given: int
    counted: int
    wanted: int | None

    @property
    def lacking(self) -> int:
        return max(0, (self.wanted or 0) - self.counted)


def hindrances(consultation: Consultation) -> list[str]:
    """In words, everything that has to be done first; empty when it can be opened."""
    version = drafting.draft(consultation)
    if version is None:
        return [_("There is no draft to publish.")]
    found = []
    if number := len(drafting.problems(version)):
        found.append(
            ngettext(
                "%(n)s problem of the questions has to be mended.",
                "%(n)s problems of the questions have to be mended.",
                number,
            )
            % {"n": number}
        )
    if not approvals.approved_by_others(version):
        found.append(_("These questions need the approval of somebody else who decides for a full member."))
    if unsaid := unsaid_languages(consultation, version):
        told = _("Texts are lacking in %(languages)s; translate them, or the lead partner says why it opens without.")
        found.append(told % {"languages": ", ".join(unsaid)})
    if consultation.closes_at <= timezone.now():
        found.append(_("The day it closes has passed."))
    return found


def unsaid_languages(consultation: Consultation, version: Questionnaire) -> list[str]:
    """Languages a public consultation lacks without a reason given."""
    if consultation.preset != Consultation.Preset.PUBLIC or consultation.language_reason:
        return []
    return [native_name(interface_code(code)) for code in drafting.languages_lacking(version)]


def comparison(consultation: Consultation) -> list[Change]:
    """What the draft changes about the questions that are published."""
    version = drafting.draft(consultation)
    published = consultation.versions.filter(published_at__isnull=False).last()
    if version is None or published is None:
        return []
    return changes(published.structure, version.structure)


def quotas(consultation: Consultation) -> tuple[list[Quota], list[Quota], list[Quota]]:
    """By audience, by country and by type of organisation: those wanted, and those that answered beside them."""
    version = consultation.versions.last()
    called = audience_names(version)
    both = responses(consultation), comparable(consultation)
    return (
        table(called, consultation.targets, *(given_by_audience(rows, called) for rows in both)),
        table(country_names(), consultation.country_targets, *(given(rows, "country") for rows in both)),
        table(type_names(version), consultation.type_targets, *(given(rows, "org_type") for rows in both)),
    )


def audience_names(version: Questionnaire | None) -> dict[str, str]:
    """The audiences that results tell apart, called as their links are or else as the answers to the question."""
    asked = [one for one in questions(with_audience(version.structure)) if one["code"] == AUDIENCE] if version else []
    if not asked or not is_profile(asked[0]):
        return {}
    links = names(version.structure, "audiences")
    return {code: links.get(code, text) for code, text in names(asked[0]).items()}


def given_by_audience(sent: QuerySet[Response], called: Collection[str]) -> Counter[str]:
    """How many belong to each audience, as in the results."""
    found: Counter[str] = Counter()
    rows = sent.values_list("answers__audience", "audience").annotate(Count("pk"))
    for said, link, number in rows if called else ():
        found[audience_of(said, link, called)] += number
    del found[""]
    return found


def given(sent: QuerySet[Response], profile: str) -> dict[str, int]:
    """How many chose each answer to a profile question."""
    rows = sent.values_list(f"answers__{profile}").annotate(Count("pk"))
    return {code: number for code, number in rows if code and isinstance(code, str)}


def type_names(version: Questionnaire | None) -> dict[str, str]:
    """The types of organisations a version asks for."""
    asked = question_texts(version).get("org_type") if version else None
    return names(asked) if asked and is_profile(asked) else {}


def country_names() -> dict[str, str]:
    return {**vocabulary.country_labels(), ELSEWHERE: _("Another country")}


def table(names: dict, wanted: dict, given: dict, counted: dict) -> list[Quota]:
    order = [code for code in names if code in wanted or code in given]
    order += sorted({*wanted, *given} - set(order))
    return [Quota(names.get(code, code), given.get(code, 0), counted.get(code, 0), wanted.get(code)) for code in order]
