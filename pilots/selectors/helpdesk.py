"""Questions to the policy helpdesk: published ones for everybody, one's own, and those to be looked after."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import holders, keys_of, open_link, require, visible
from platform_core.identity.accounts.models import User
from platform_core.people.privacy.holdings import own_addresses

from ..models import HelpdeskAsker, HelpdeskQuestion

LABEL, PURPOSE = "pilots.helpdeskquestion", "helpdesk"
SEATED = ("wg_expert", "wg_representative", "wg_leader")
State = HelpdeskQuestion.State


def questions(user) -> QuerySet[HelpdeskQuestion]:
    rows = HelpdeskQuestion.objects.select_related(
        "topic", "asker", "answered_for", "answered_by_question", "answered_by_record"
    )
    return visible(rows, user)


def question_for(user, pk: int) -> HelpdeskQuestion:
    return get_object_or_404(questions(user), pk=pk)


def published(user, *, topic: str = "") -> QuerySet[HelpdeskQuestion]:
    rows = questions(user).filter(state=State.PUBLISHED)
    if topic.isdecimal():
        rows = rows.filter(topic=int(topic))
    return rows.order_by("-published_on", "-pk")


def own(user) -> QuerySet[HelpdeskQuestion]:
    """What a person has asked with her account, the newest first."""
    return questions(user).filter(asker__person=user.pk)


def desk(user, *, state: str = "", topic: str = "") -> QuerySet[HelpdeskQuestion]:
    """What is asked of those who look after the helpdesk: leaders see their topic, the lead partner and editors all."""
    require(user, "pilots.view_helpdesk")
    rows = questions(user).select_related("expert").exclude(state=State.UNCONFIRMED)
    if state == "open":
        rows = rows.filter(state__in=(State.ASKED, State.GIVEN))
    elif state == "overdue":
        rows = rows.filter(state=State.GIVEN, due_on__lt=platform_day())
    elif state:
        rows = rows.filter(state=state)
    return rows.filter(topic=int(topic)) if topic.isdecimal() else rows


def asker_with(secret: str) -> HelpdeskAsker:
    """The side of whoever asked without an account, opened by the link she was sent."""
    link = open_link(PURPOSE, secret)
    rows = HelpdeskAsker.objects.select_related("question__topic", "question__answered_by_record")
    found = rows.filter(question=link.object_id).first() if link else None
    if found is None:
        raise Http404
    return found


def asker_for(user, pk: int) -> HelpdeskAsker:
    found = question_for(user, pk)
    require(user, "pilots.react_to_answer", found)
    return found.asker


def askers_of(person) -> QuerySet[HelpdeskAsker]:
    """What a person asked, with her account or under an address that is hers."""
    asked = Q(person=person.pk)
    for address in own_addresses(person):
        asked |= Q(email__iexact=address)
    return HelpdeskAsker.objects.filter(asked)


def experts(question: HelpdeskQuestion) -> QuerySet[User]:
    """Those who can be asked to answer: whoever sits in the group of the topic, in any group where none is named."""
    held = RoleAssignment.objects.on(platform_day())
    seated = held.filter(role__in=SEATED)
    if question.scope:
        seated = seated.filter(scope=question.scope)
    people = set(seated.values_list("person", flat=True)) | set(holders("lead_partner"))
    return User.objects.filter(pk__in=people, is_active=True).order_by("name", "pk")


def handler(question: HelpdeskQuestion) -> str:
    """Who gives a question on: whoever leads the group of its topic, unless she asked it herself."""
    asker = getattr(question, "asker", None)
    own_key = asker.person_id if asker else None
    leaders = holders("wg_leader", question.scope) if question.scope else []
    return f"role:wg_leader@{question.scope}" if set(leaders) - {own_key} else "role:lead_partner"


def looks_after(user) -> bool:
    return bool({"role:lead_partner", "role:editor"} & keys_of(user))


def recent_unconfirmed(email: str, since) -> int:
    rows = HelpdeskAsker.objects.filter(email__iexact=email, question__state=State.UNCONFIRMED)
    return rows.filter(question__asked_at__gte=since).count()
