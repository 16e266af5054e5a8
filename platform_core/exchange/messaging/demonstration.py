"""A conversation between two people of the demonstration, labelled as such."""

from django.db import transaction

from platform_core.identity.accounts import selectors as accounts

from .models import Conversation
from .services import answer, begin

SUBJECT = "Vouchers for small firms (demonstration)"
ASKED = """Your region pays **vouchers for cluster services**. May we ask:

- who checks that the service was delivered?
- how long does a firm wait for its money?

(Demonstration data.)"""
ANSWERED = (
    "The cluster organisation confirms it, and firms wait four weeks. Shall we talk on Thursday? (Demonstration data.)"
)


@transaction.atomic
def load() -> str:
    people = [accounts.person_with(f"{name}@example.org") for name in ("isk", "donaukreis")]
    if None in people or Conversation.objects.exists():
        return ""
    asking, answering = people
    begun = begin(by=asking, people=[answering], subject=SUBJECT, text=ASKED)
    answer(begun, ANSWERED, by=answering)
    return "1 conversation"
