"""One reflective round that is closed and one that is open, with invented comments."""

from datetime import timedelta

from django.db import transaction

from platform_core.exchange.discussions.models import Round
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User

from ..models import Mechanism, ReflectiveRound
from ..services import rounds as services
from .mechanisms import AUTHOR

CLOSED, OPEN = 4, 1
VOICES = {
    "isk@example.org": {
        1: "We signed a framework of three years with two clusters. Planning became calm, but the council could not be "
        "bound beyond its own term.",
        4: "If the indicators are the same for all, young clusters look worse than they are.",
    },
    "holzkreis@example.org": {
        2: "Without the department of finance at the table nothing holds for longer than a budget year.",
        6: "Say how an agreement ends early, and what is then paid back.",
    },
}
ANSWERS = (
    ("partly", "The agreement now says what happens at the end of a term; it still names six years as the aim."),
    ("accepted", "Indicators will be read by the stage of life of a cluster."),
    ("accepted", "The department of finance signs together with the department of economy."),
    ("not", "An early end is a matter of the region's law on grants, which differs too much between partners."),
)
SUMMARY = (
    "Finance signs too, and indicators are read by stage of life. How an agreement ends early stays with each region."
)
VOICE = "We know the problem: our innovation days bring many visitors and few projects."


def load() -> str:
    if ReflectiveRound.objects.exists():
        return ""
    author = User.objects.filter(email=AUTHOR).first()
    rows = {row.group_id: row for row in Mechanism.objects.filter(published__isnull=False, is_cross_department=False)}
    people = {person.email: person for person in User.objects.filter(email__in=VOICES)}
    if author is None or CLOSED not in rows or OPEN not in rows or len(people) < len(VOICES):
        return ""
    with transaction.atomic():
        close(rows[CLOSED], author, people)
        last = platform_day() + timedelta(weeks=3)
        services.comment(services.ask(rows[OPEN], last, by=author), {0: VOICE}, by=people["isk@example.org"])
    return "2 reflective rounds"


def close(mechanism: Mechanism, author: User, people: dict[str, User]) -> None:
    today = platform_day()
    found = services.ask(mechanism, today, by=author)
    said = [one for email, texts in VOICES.items() for one in services.comment(found, texts, by=people[email])]
    for comment, (verdict, reasons) in zip(said, ANSWERS, strict=True):
        services.answer(found, comment, verdict, reasons, by=author)
    days = {"opened_on": today - timedelta(weeks=3), "closes_on": today - timedelta(days=1)}
    Round.objects.filter(pk=found.round_id).update(**days)
    services.close(found, SUMMARY, by=author)
