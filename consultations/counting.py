"""What of consultations counts towards the indicators of the programme; nobody who answered is shown.

Answers carry no name, so whoever took part signed in and whoever says something in an answer cannot be told apart: of the
answers of a consultation in which people say that they work for an authority, as many are left out as people of authorities
are known to have taken part. The order of answers is random, so this says nothing of any of them. In the same way answers
are left out of people who had themselves counted in several consultations, once those are over.
"""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Min, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.counting import AUTHORITIES
from platform_core.people.members.models import Affiliation

from .models import Consultation, Outreach, Participation, RegisteredPart, Response
from .profile import ELSEWHERE
from .selectors.consultations import LABEL

State = Consultation.State
OVER = (State.CLOSED, State.PUBLISHED)


def questionnaires() -> Iterator[Counted]:
    rows = Consultation.objects.filter(state__in=(State.OPEN, *OVER))
    for row in rows:
        day = platform_day(row.opens_at)
        yield Counted(
            thing=LABEL, pk=row.pk, key=f"consultation:{row.pk}", day=day, topic=row.topic_id, stage="preparation"
        )


def results() -> Iterator[Counted]:
    rows = Consultation.objects.filter(state=State.PUBLISHED, results__published_at__isnull=False)
    for row in rows.annotate(published_at=Min("results__published_at")):
        yield Counted(
            thing=LABEL,
            pk=row.pk,
            key=f"consultation:{row.pk}",
            day=platform_day(row.published_at),
            topic=row.topic_id,
            stage="monitoring_evaluation",
        )


def answers(consultations: QuerySet[Consultation]) -> QuerySet[Response]:
    rows = Response.objects.filter(questionnaire__consultation__in=consultations, state=Response.State.COUNTED)
    return rows.order_by("pk")


def country_of(code: object) -> str:
    return code if isinstance(code, str) and code != ELSEWHERE else ""


def stakeholders() -> Iterator[Counted]:
    """Every answer, for the partner whose link brought it, but those of registered people beyond their first."""
    partners = dict(Outreach.objects.values_list("code", "organisation"))
    left_out = repeated_answers(set(partners))
    named = (
        "pk",
        "day",
        "channel",
        "answers__country",
        "questionnaire__consultation",
        "questionnaire__consultation__topic",
    )
    for pk, day, channel, country, consultation, topic in answers(Consultation.objects.all()).values_list(*named):
        if pk in left_out:
            continue
        yield Counted(
            thing=LABEL,
            pk=consultation,
            key=f"answer:{pk}",
            day=day,
            organisation=partners.get(channel),
            country=country_of(country),
            topic=topic,
            stage="preparation",
            is_anonymous=True,
        )


def repeated_answers(partners: set[str]) -> set[int]:
    """As many answers to a consultation as people had themselves counted there and in an earlier one, both over.

    Those that came by no partner's link go first.
    """
    parts = RegisteredPart.objects.filter(consultation__state__in=OVER)
    parts = parts.order_by("registration", "consultation__closes_at", "consultation")
    again: Counter[int] = Counter()
    seen: set[int] = set()
    for person, consultation in parts.values_list("registration", "consultation"):
        again[consultation] += person in seen
        seen.add(person)
    found: set[int] = set()
    for consultation, number in again.items():
        rows = answers(Consultation.objects.filter(pk=consultation)).values_list("channel", "pk") if number else ()
        found |= {pk for _is_partners, pk in sorted((channel in partners, pk) for channel, pk in rows)[:number]}
    return found


def policy_makers() -> Iterator[Counted]:
    """At the closing of a consultation and on its day: people known to act for an authority, then those who say so.

    The latter for the partner whose link brought the answer.
    """
    partners = dict(Outreach.objects.values_list("code", "organisation"))
    over = {row.pk: row for row in Consultation.objects.filter(state__in=OVER).order_by("closes_at", "pk")}
    known: Counter[int] = Counter()
    found: dict[int, Counted] = {}
    for consultation in over.values():
        for person, country in authorities_in(consultation):
            known[consultation.pk] += 1
            found.setdefault(person, counted(consultation, person_key(person), country))
    yield from found.values()
    declared = answers(Consultation.objects.filter(pk__in=over)).filter(answers__org_type__in=AUTHORITIES)
    named = ("pk", "channel", "answers__country", "questionnaire__consultation")
    for pk, channel, country, number in declared.values_list(*named):
        if known[number]:
            known[number] -= 1
            continue
        key, place = f"answer:{pk}", country_of(country)
        yield counted(over[number], key, place, organisation=partners.get(channel), is_self_declared=True)


def authorities_in(consultation: Consultation) -> Iterator[tuple[int, str]]:
    people = Participation.objects.filter(consultation=consultation).values("person")
    held = Affiliation.objects.on(platform_day(consultation.closes_at)).filter(person__in=people)
    rows = held.filter(organisation__kind__in=AUTHORITIES).order_by("person", "begins", "pk")
    seen: set[int] = set()
    for person, country in rows.values_list("person", "organisation__country"):
        if person not in seen:
            seen.add(person)
            yield person, country


def person_key(person: int) -> str:
    """Tells a person from others, and nobody who she is."""
    return f"participant:{salted_hmac('consultations.counting', str(person), algorithm='sha256').hexdigest()[:32]}"


def counted(
    consultation: Consultation,
    key: str,
    country: str,
    *,
    organisation: int | None = None,
    is_self_declared: bool = False,
) -> Counted:
    return Counted(
        thing=LABEL,
        pk=consultation.pk,
        key=key,
        day=platform_day(consultation.closes_at),
        organisation=organisation,
        country=country,
        topic=consultation.topic_id,
        stage="preparation",
        is_anonymous=True,
        is_self_declared=is_self_declared,
    )


ANSWERED = frozenset({"consultations.closed", "consultations.answers_settled", "consultations.answers_imported"})
RULES = [
    IndicatorRule(
        code="consultations.questionnaires",
        name=_("Questionnaires opened"),
        once_per=_("consultation"),
        event=_("the consultation opens; later versions of its questions count with it"),
        confirmed_by=_("who opens it for the working group"),
        counted=questionnaires,
        verbs=frozenset({"consultations.opened", "consultations.closed", "consultations.taken_back"}),
        by_partner=False,
    ),
    IndicatorRule(
        code="consultations.results",
        name=_("Results of consultations published"),
        once_per=_("consultation"),
        event=_("its report and statistics are published"),
        confirmed_by=_("who publishes the results for the working group"),
        counted=results,
        verbs=frozenset({"consultations.published"}),
        by_partner=False,
    ),
    IndicatorRule(
        code="consultations.stakeholders",
        name=_("Answers to consultations"),
        once_per=_("answer; people who had themselves counted once over all consultations"),
        event=_(
            "the answer is sent and is not held or set aside; counted every night, so that no count tells of an hour"
        ),
        confirmed_by=_("the respondent; the working group settles what is held"),
        counted=stakeholders,
        verbs=ANSWERED,
    ),
    IndicatorRule(
        code="consultations.policy_makers",
        name=_("Policy makers who took part in consultations"),
        once_per=_("person where she signed in, else answer"),
        event=_(
            "a consultation closes in which somebody took part who acts for an authority, or says so in the answer; as many "
            "such answers are left out as people of authorities took part"
        ),
        confirmed_by=_("who looks after the organisation's profile; nobody where it is only said in an answer"),
        counted=policy_makers,
        verbs=ANSWERED,
    ),
]
