from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.http import Http404

from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of
from platform_core.identity.accounts import selectors as accounts
from platform_core.identity.accounts.models import User
from platform_core.people.members.people import person_for, scopes_of

from ..models import Block, Conversation, Openness


def openness_of(person) -> Openness:
    return Openness.objects.filter(person=person).first() or Openness(person=person)


def blocks_of(person) -> QuerySet[Block]:
    return Block.objects.filter(person=person).select_related("blocked").order_by("blocked__name", "pk")


def blocking(writer, people: Collection[int]) -> set[int]:
    """Those of the people who take no messages from a writer."""
    rows = Block.objects.filter(blocked=writer, person__in=people)
    return set(rows.values_list("person_id", flat=True))


def may_write_to(writer, person: User) -> bool:
    """Whether somebody may begin to write to a person, who may have blocked her or be blocked by her.

    Members write to whoever lets them; people without membership to those they share a group with, to whoever wrote to
    them first, and to the lead partner.
    """
    if writer.pk == person.pk or not writer.is_authenticated or not person.is_active:
        return False
    pair = Q(person=writer, blocked=person) | Q(person=person, blocked=writer)
    if Block.objects.filter(pair).exists():
        return False
    if "role:lead_partner" in keys_of(person) or wrote_first(person, writer):
        return True
    return lets_in(person, keys_of(writer))


def lets_in(person: User, keys: frozenset[str]) -> bool:
    who = openness_of(person).who
    if who == Openness.Who.NOBODY:
        return False
    together = bool(scopes_of([person.pk]).get(person.pk, set()) & keys)
    return together or (who == Openness.Who.MEMBERS and bool({MEMBERS, "role:lead_partner"} & keys))


def addressee_for(writer, pk: int) -> User:
    """A person whose name the writer may read, with whom she shares a group, or who wrote to her; nobody else is found."""
    found = accounts.person(pk)
    if found is None:
        raise Http404
    together = bool(scopes_of([pk]).get(pk, set()) & keys_of(writer))
    if not together and not wrote_first(found, writer) and "role:lead_partner" not in keys_of(writer):
        person_for(writer, pk)
    return found


def wrote_first(person, writer) -> bool:
    return Conversation.objects.filter(begun_by=person, participants__person=writer).exists()
