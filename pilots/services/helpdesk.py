"""Asking the helpdesk, and what whoever asked can do afterwards; giving on and answering are answers of cases."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override

from platform_core.exchange.cases import services as cases
from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import acts_for

from ..models import HelpdeskAsker, HelpdeskQuestion
from ..permissions.helpdesk import insiders
from ..selectors import helpdesk as selectors

State = HelpdeskQuestion.State
LINK, MOST_WAITING = timedelta(days=365), 3
SUBJECTS = {
    "confirm": lambda: _("Please confirm your question to the policy helpdesk"),
    "answered": lambda: _("Your question to the policy helpdesk is answered"),
    "further": lambda: _("Your further question to the policy helpdesk is answered"),
    "closed": lambda: _("About your question to the policy helpdesk"),
    "published": lambda: _("Your question to the policy helpdesk is published"),
}


def held(question: HelpdeskQuestion) -> HelpdeskQuestion:
    return HelpdeskQuestion.objects.select_for_update().get(pk=question.pk)


def share(question: HelpdeskQuestion) -> None:
    """Published ones are everybody's; nobody sees one whose address is not confirmed."""
    if question.state == State.UNCONFIRMED:
        access.drop_audience(question)
    else:
        access.set_audience(question, {PUBLIC} if question.state == State.PUBLISHED else insiders(question))


@transaction.atomic
def ask(*, by=None, situation: str, wish: str, email: str = "", key: str = "", **fields) -> HelpdeskQuestion:
    """With an account it is asked at once; without one a link is sent to the address, and asked is what is confirmed."""
    if by is not None:
        require(by, "pilots.ask_helpdesk")
        wait_for_turn(by)
    if key and (known := HelpdeskQuestion.objects.filter(key=key).first()):
        return known
    if by is None and selectors.recent_unconfirmed(email, timezone.now() - timedelta(days=1)) >= MOST_WAITING:
        raise ValidationError(
            {"email": _("Questions from this address wait to be confirmed. Please look at your mail.")}
        )
    made = HelpdeskQuestion(asked_at=timezone.now(), key=key, **fields)
    made.full_clean(exclude=["key"])
    made.save()
    asker = HelpdeskAsker(question=made, person=by, email="" if by else email, situation=situation, wish=wish)
    asker.full_clean()
    asker.save()
    if by is None:
        write_to(made, "confirm")
        audit.record("pilots.question_typed", made)
    else:
        begin(made, by=by)
    return made


def begin(question: HelpdeskQuestion, *, by) -> None:
    question.state, question.asked_at = State.ASKED, timezone.now()
    question.save(update_fields=["state", "asked_at"])
    share(question)
    audit.record("pilots.question_asked", question, by=by)


@transaction.atomic
def confirm(asker: HelpdeskAsker) -> HelpdeskQuestion:
    """By the link that was sent to her address; a second click changes nothing."""
    question = held(asker.question)
    if question.state == State.UNCONFIRMED:
        begin(question, by=None)
    return question


def write_to(question: HelpdeskQuestion, letter: str) -> None:
    """To whoever asked without an account, with a link that opens her own page."""
    asker = getattr(question, "asker", None)
    if asker is None or not asker.email:
        return
    _link, secret = access.issue_link(selectors.PURPOSE, question, expires_at=timezone.now() + LINK)
    with override(interface_code(question.language)):
        address = settings.SITE_URL + reverse("pilots:asked_with_link", args=[secret])
        context = {"question": question, "asker": asker, "address": address, "letter": letter}
        text = render_to_string("pilots/helpdesk_letter.txt", context)
        send_mail(SUBJECTS[letter](), text, None, [asker.email])


def demand_asker(asker: HelpdeskAsker, by) -> HelpdeskQuestion:
    """The question under lock, for whoever asked it: with her account, or without one by her link (`by` None)."""
    question = held(asker.question)
    if by is None and not asker.email:
        raise PermissionDenied
    if by is not None:
        require(by, "pilots.react_to_answer", question)
    return question


@transaction.atomic
def rate(asker: HelpdeskAsker, rating: int, remark: str, *, by=None) -> HelpdeskAsker:
    question = demand_asker(asker, by)
    if not question.is_answered:
        raise ValidationError(_("There is no answer to be rated."))
    asker.rating, asker.remark = rating, remark
    asker.full_clean()
    asker.save(update_fields=["rating", "remark"])
    audit.record("pilots.answer_rated", question, by=by, rating=rating)
    return asker


@transaction.atomic
def ask_back(asker: HelpdeskAsker, further: str, *, by=None) -> HelpdeskQuestion:
    """Once; the expert answers this too."""
    question = demand_asker(asker, by)
    asker.refresh_from_db()
    if not question.is_answered or asker.further:
        raise ValidationError(_("You can ask back once, after the answer."))
    if not further.strip():
        raise ValidationError({"further": _("Please write what you want to know.")})
    asker.further = further.strip()
    asker.save(update_fields=["further"])
    audit.record("pilots.question_asked_back", question, by=by)
    return question


@transaction.atomic
def agree(asker: HelpdeskAsker, agrees: bool, *, by=None) -> HelpdeskQuestion:
    """Whether question and answer may be published without her name; taken back, what was published goes."""
    question = demand_asker(asker, by)
    question.agrees = agrees
    if not agrees and question.state == State.PUBLISHED:
        question.state, question.published_on = State.ANSWERED, None
    question.save(update_fields=["agrees", "state", "published_on"])
    share(question)
    audit.record("pilots.question_consent_changed", question, by=by, agrees=agrees)
    return question


@transaction.atomic
def withdraw(asker: HelpdeskAsker, *, by=None) -> HelpdeskQuestion:
    question = demand_asker(asker, by)
    if not question.is_open and question.state != State.UNCONFIRMED:
        raise ValidationError(_("This question is closed already."))
    return close(question, State.WITHDRAWN, by=by, verb="pilots.question_withdrawn")


def withdraw_by_case(question: HelpdeskQuestion, *, by) -> None:
    question = held(question)
    if question.is_open:
        close(question, State.WITHDRAWN, by=by, verb="pilots.question_withdrawn")


def close(question: HelpdeskQuestion, state: str, *, by, verb: str, **fields) -> HelpdeskQuestion:
    for name, value in fields.items():
        setattr(question, name, value)
    question.state, question.closed_on = state, platform_day()
    question.save()
    share(question)
    audit.record(verb, question, by=by)
    return question


@transaction.atomic
def publish(question: HelpdeskQuestion, *, by, title, situation, reply) -> HelpdeskQuestion:
    """For everybody, without a name, in the words of whoever publishes it; published ones can be worded anew."""
    question = held(question)
    if not question.agrees:
        raise ValidationError(_("Whoever asked has not agreed that this is published."))
    require(by, "pilots.publish_question", question)
    question.title, question.situation, question.reply = title, situation, reply
    is_new, question.state = question.state != State.PUBLISHED, State.PUBLISHED
    question.published_on = question.published_on or platform_day()
    question.full_clean(exclude=["key", "expert", "topic"])
    question.save()
    share(question)
    note_translations(question, by=by)
    audit.record("pilots.question_published", question, by=by, is_new=is_new)
    if is_new:
        write_to(question, "published")
    return question


@transaction.atomic
def take_down(question: HelpdeskQuestion, *, by) -> HelpdeskQuestion:
    question = held(question)
    require(by, "pilots.publish_question", question)
    if question.state != State.PUBLISHED:
        raise ValidationError(_("This question is not published."))
    question.state, question.published_on = State.ANSWERED, None
    question.save(update_fields=["state", "published_on"])
    share(question)
    audit.record("pilots.question_taken_down", question, by=by)
    return question


# Giving on and answering: what the answers of cases do


def still(question: HelpdeskQuestion, *states: str) -> HelpdeskQuestion:
    """Under lock, in one of these states."""
    found = held(question)
    if found.state not in states:
        raise ValidationError(
            _("Meanwhile this question stands elsewhere: %(state)s.") % {"state": found.get_state_display()}
        )
    return found


def give_to(question: HelpdeskQuestion, *, by, reason: str, expert, due_on) -> None:
    """An expert answers by a day; she is asked as in any case."""
    question = still(question, State.ASKED)
    if due_on < platform_day():
        raise ValidationError({"due_on": _("This day has passed.")})
    asker = getattr(question, "asker", None)
    if asker and asker.person_id == expert.pk:
        raise ValidationError({"expert": _("Nobody answers her own question.")})
    if not selectors.experts(question).filter(pk=expert.pk).exists():
        raise ValidationError({"expert": _("Only somebody of the working groups can be asked to answer.")})
    question.expert, question.due_on, question.state = expert, due_on, State.GIVEN
    question.save(update_fields=["expert", "due_on", "state"])
    share(question)
    audit.record("pilots.question_given", question, by=by)
    audit.record("pilots.answer_asked", question)


def decline(question: HelpdeskQuestion, *, by, reason: str) -> None:
    found = still(question, State.ASKED)
    close(found, State.DECLINED, by=by, verb="pilots.question_declined", reason=reason)
    write_to(found, "closed")


def point(question: HelpdeskQuestion, *, by, reason: str, found) -> None:
    """What was answered before, or stands in the repository; everybody can read it."""
    held_question = still(question, State.ASKED)
    known = {"answered_by_question": found} if isinstance(found, HelpdeskQuestion) else {"answered_by_record": found}
    close(held_question, State.POINTED, by=by, verb="pilots.question_pointed", reason=reason, **known)
    write_to(held_question, "closed")


def give_answer(question: HelpdeskQuestion, *, by, reason: str, answer: str) -> None:
    """`reason` is what the answer stands on. Whoever answers for an expert who left is the one who answered."""
    question = still(question, State.GIVEN)
    told = {"answer": answer, "grounds": reason, "expert": by, "answered_for": acts_for(by.pk)}
    close(question, State.ANSWERED, by=by, verb="pilots.question_answered", **told)
    write_to(question, "answered")


def give_back(question: HelpdeskQuestion, *, by, reason: str) -> None:
    """Whoever was asked cannot answer: the question is to be given on once more."""
    question = still(question, State.GIVEN)
    question.expert, question.due_on, question.state = None, None, State.ASKED
    question.save(update_fields=["expert", "due_on", "state"])
    share(question)
    audit.record("pilots.question_returned", question, by=by)
    audit.record("pilots.question_asked", question)


def give_second_answer(question: HelpdeskQuestion, *, by, reason: str, answer: str) -> None:
    question = still(question, State.ANSWERED, State.PUBLISHED)
    question.second_answer = f"{answer}\n\n{reason}"
    question.save(update_fields=["second_answer"])
    audit.record("pilots.further_answered", question, by=by)
    write_to(question, "further")


# What happens by itself


def end_cases(event) -> None:
    """The reaction to a withdrawal, in its own transaction: nobody has to answer any more."""
    if question := find_thing(selectors.LABEL, event.thing_id):
        cases.end_about(question, by=None)


@transaction.atomic
def close_nameless() -> int:
    """Open questions whose asker was erased are withdrawn: nobody waits for the answer."""
    left = HelpdeskQuestion.objects.filter(state__in=(State.ASKED, State.GIVEN), asker=None)
    rows = [held(question) for question in left]
    for question in rows:
        close(question, State.WITHDRAWN, by=None, verb="pilots.question_withdrawn")
    return len(rows)


def purge_unconfirmed(before: datetime) -> int:
    return destroy(HelpdeskQuestion.objects.filter(state=State.UNCONFIRMED, asked_at__lt=before))


@transaction.atomic
def purge(before: datetime) -> int:
    """Of published questions the asker's side goes, of others everything."""
    closed = HelpdeskQuestion.objects.filter(closed_on__lt=before.date())
    number = destroy(closed.exclude(state=State.PUBLISHED))
    rows = HelpdeskAsker.objects.filter(question__in=closed)
    number += rows.count()
    rows.delete()
    return number


def destroy(rows) -> int:
    found = list(rows)
    for question in found:
        access.drop_audience(question)
        question.delete()
    return len(found)
