"""One information request of group 4 with mixed answers, so that the matrix has something to show."""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Affiliation, Organisation, Tier
from platform_core.people.members.selectors import with_tier

from ..models import Asked, InformationRequest, WorkingGroup
from ..services import information, requests

ASKED = 6


def load(leader) -> str:
    group = WorkingGroup.objects.get(pk=4)
    if group.requests.exists():
        return ""
    told = json.loads((Path(__file__).parent / "requests.json").read_text(encoding="utf-8"))
    made = draw_up(group, told, leader)
    rows = list(made.asked.select_related("request", "organisation").order_by("pk"))
    for asked, answer in zip(rows, told["answers"], strict=False):
        act(asked, answer, leader)
    return "an information request"


def draw_up(group: WorkingGroup, told: dict, leader) -> InformationRequest:
    due_on = platform_day() + timedelta(days=told["days"])
    made = requests.draw_up(group, by=leader, title=told["title"], text=told["text"], language="en", due_on=due_on)
    requests.set_questions(made, told["questions"], by=leader)
    requests.choose(made, partners(leader), by=leader)
    requests.send(made, by=leader)
    Asked.objects.filter(request=made).update(asked_at=timezone.now() - timedelta(days=told["asked"]))
    made.refresh_from_db()
    return made


def partners(leader) -> list[Organisation]:
    """Organisations of full, associated and partner members for whom somebody else acts."""
    acted = Affiliation.objects.on(platform_day()).exclude(person=leader).values("organisation")
    rows = with_tier(Organisation.objects.filter(pk__in=acted)).exclude(affiliations__person=leader)
    found = list(rows.exclude(tier=None).order_by("sort_name"))
    partner = [one for one in found if one.tier == Tier.PARTNER][:1]
    return ([one for one in found if one.tier != Tier.PARTNER][: ASKED - len(partner)]) + partner


def act(asked: Asked, answer: dict, leader) -> None:
    """What became of one organisation's part."""
    person = Affiliation.objects.on(platform_day()).filter(organisation=asked.organisation).earliest("pk").person
    if texts := answer.get("texts"):
        pks = asked.request.questions.values_list("pk", flat=True)
        information.keep(asked, dict(zip(pks, texts, strict=False)), by=person)
        information.give(asked, by=person)
    if reason := answer.get("declined"):
        information.decline(asked, by=person, reason=reason)
    if reason := answer.get("returned"):
        requests.hand_back(asked, by=leader, reason=reason)
    if "due" in answer:
        day = platform_day() + timedelta(days=answer["due"])
        Asked.objects.filter(pk=asked.pk).update(due_on=day)
    if "took" in answer:
        Asked.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=answer["took"]))
