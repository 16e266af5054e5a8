"""A seat for each full member, one decision taken and one being voted on; all invented."""

from datetime import date, timedelta

from django.utils import timezone

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Affiliation, Membership, Tier

from .. import selectors, services
from ..models import Decision

BEGINS = date(2025, 6, 1)
POSITIONS = ("agree", "agree", "agree", "abstain", "agree", "agree", "disagree", "agree", "agree", "agree")
SCIENTISTS = ("isk@example.org", "terranova@example.org", "podgorje@example.org")


def load() -> str:
    if Decision.objects.filter(body_id=BUDGET["body_id"]).exists():
        return ""
    seat()
    lead = User.objects.get(email="lead@example.org")
    taken = services.propose(by=lead, **BUDGET)
    services.open_ballot(taken, by=lead, closes_at=timezone.now() + timedelta(seconds=60))
    vote(taken)
    Decision.objects.filter(pk=taken.pk).update(closes_at=timezone.now() - timedelta(days=40))
    services.close(taken.pk)
    running = services.propose(by=lead, **PROGRAMME)
    services.open_ballot(running, by=lead, closes_at=timezone.now() + timedelta(days=9))
    return "2 decisions"


def seat() -> None:
    full = Membership.objects.on(platform_day()).filter(tier=Tier.FULL)
    for membership in full.order_by("begins", "pk"):
        person = Affiliation.objects.filter(organisation=membership.organisation).earliest("pk").person
        if not RoleAssignment.objects.filter(person=person, role="sc_member").exists():
            access.give_role(person, "sc_member", begins=max(BEGINS, membership.begins))
    for email in SCIENTISTS:
        access.give_role(User.objects.get(email=email), "stc_member", begins=BEGINS)


def vote(decision: Decision) -> None:
    decision.refresh_from_db()
    people = User.objects.filter(pk__in=selectors.delegates(decision)).order_by("pk")
    for person, position in zip(people, POSITIONS, strict=False):
        for organisation in selectors.votes_for(person, decision):
            services.cast(decision, organisation, position, by=person)


BUDGET = {
    "body_id": "steering",
    "title": {
        "en": "Two peer reviews a year (demonstration)",
        "el": "Δύο αξιολογήσεις από ομοτίμους ανά έτος (επίδειξη)",
        "bg": "Две партньорски проверки годишно (демонстрация)",
    },
    "text": {
        "en": "Each working group holds two peer reviews a year. The host pays for the rooms, guests pay their travel.",
        "el": "Κάθε ομάδα εργασίας διοργανώνει δύο αξιολογήσεις ανά έτος. Η περιφέρεια που φιλοξενεί πληρώνει τους χώρους.",
        "bg": "Всяка работна група провежда по две проверки годишно. Регионът домакин плаща залите, гостите – пътуването си.",
    },
}
PROGRAMME = {
    "body_id": "steering",
    "title": {
        "en": "Programme of work for the next year (demonstration)",
        "el": "Πρόγραμμα εργασιών για το επόμενο έτος (επίδειξη)",
        "bg": "Работна програма за следващата година (демонстрация)",
    },
    "text": {
        "en": "The committee adopts the programme of work: six learning mechanisms, three pilots and one joint evaluation.",
        "el": "Η επιτροπή εγκρίνει το πρόγραμμα: έξι μηχανισμοί μάθησης, τρεις πιλοτικές δράσεις και μία κοινή αξιολόγηση.",
        "bg": "Комитетът приема програмата: шест механизма за учене, три пилотни действия и една обща оценка.",
    },
    "silence_consents": True,
}
