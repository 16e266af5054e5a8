import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.discussions import services as discussions
from platform_core.ground.registry.catalogue import label_of
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.selectors import keys_of, require
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Organisation

from . import selectors
from .counting import AVAILABILITIES, DOTS, HIGHEST, POSITIONS, Result, Rules, count
from .models import Body, Decision, Document, Opinion, Participation, Proxy, SecretVote, Vote, random_key

State = Decision.State
REMIND_DAYS = 2


def load_reference() -> None:
    """The two committees; what the partnership changed in their rules is kept."""
    for row in json.loads((Path(__file__).parent / "reference" / "bodies.json").read_text(encoding="utf-8")):
        Body.objects.get_or_create(code=row["code"], defaults=row)


def share(decision: Decision) -> None:
    """Drafts are for the committee, what is discussed for members, what is decided for everyone; of a group what is discussed
    for the group, what is decided for members.
    """
    scope, committee = decision.body.scope, {*decision.body.keys, "role:lead_partner"}
    talk, end = ({scope}, {scope, MEMBERS}) if scope else ({MEMBERS}, {PUBLIC})
    wider = {State.DISCUSSION: talk, State.OPEN: talk, State.DECIDED: end}.get(decision.state, set())
    proxies = {f"person:{proxy.person_id}" for proxy in decision.proxies.all()}
    access.set_audience(decision, committee | wider | proxies)


@transaction.atomic
def propose(*, by, **fields) -> Decision:
    decision = Decision(proposed_by=by, **fields)
    require(by, "governance.propose", decision.body)
    check(decision)
    decision.save()
    note_translations(decision)
    share(decision)
    audit.record("governance.proposed", decision, by=by)
    return decision


@transaction.atomic
def record_taken(
    body: Body, *, by, title: dict, text: dict, taken_at: datetime, present: Iterable[int], origin: Model
) -> Decision:
    """What a committee has decided at a meeting, without a ballot; `present` are the organisations that were there.

    Those count that could decide on the day of the meeting, which is that of `taken_at` in its own zone. It has
    its number and its place in the register at once. Raises ValidationError when too few were there.
    """
    require(by, "governance.record_decision", body)
    body = Body.objects.select_for_update().get(pk=body.pk)
    told = {"origin_thing": label_of(origin), "origin_id": origin.pk, "body": body}
    for same in Decision.objects.filter(**told):
        if dict(same.title) == dict(title) and dict(same.text) == dict(text):
            return same  # the same form sent twice
    eligible = selectors.eligible_organisations(body, taken_at.date())
    there = sorted(set(eligible) & set(present))
    if len(there) * 100 < body.quorum * len(eligible) or not there:
        words = {"there": len(there), "all": len(eligible), "quorum": body.quorum}
        raise ValidationError(
            _("%(there)s of %(all)s organisations that decide were there; the quorum is %(quorum)s %%.") % words
        )
    decision = Decision(body=body, proposed_by=by, title=title, text=text, quorum=body.quorum, majority=body.majority)
    decision.origin_thing, decision.origin_id, decision.eligible = label_of(origin), origin.pk, eligible
    decision.opened_at = decision.closes_at = decision.closed_at = taken_at
    decision.result = asdict(Result(len(eligible), len(there), True, True, {})) | {"present": there}
    decision.result_sha256 = fingerprint([decision.result, dict(title), dict(text)])
    decision.state, decision.number = State.DECIDED, next_number(decision)
    decision.save()
    note_translations(decision)
    share(decision)
    audit.record("governance.recorded", decision, by=by, number=decision.number, result=decision.result_sha256)
    return decision


@transaction.atomic
def found_body(code: str, **fields) -> Body:
    """The body that decides within a scope, made when it is not there."""
    return Body.objects.get_or_create(code=code, defaults=fields)[0]


def check(decision: Decision) -> None:
    needs = 0 if decision.kind == Decision.Kind.PROPOSAL else 2
    codes = [option["code"] for option in decision.options]
    if len(codes) < needs or len(set(codes)) != len(codes):
        raise ValidationError({"options": _("Please give at least two different options.")})
    if decision.silence_consents and (decision.is_secret or decision.kind != Decision.Kind.PROPOSAL):
        raise ValidationError({"silence_consents": _("Silence can only consent to a proposal in an open ballot.")})
    written = {"body", "title", "text", "background", "kind"}
    decision.clean_fields(exclude={field.name for field in decision._meta.fields} - written)


def locked(decision: Decision, by, right: str) -> Decision:
    found = Decision.objects.select_for_update(of=("self",)).select_related("body").get(pk=decision.pk)
    require(by, right, found)
    return found


@transaction.atomic
def change(decision: Decision, *, by, **fields) -> Decision:
    """Change what is proposed; once voting is open nothing of it can be changed any more."""
    found = locked(decision, by, "governance.change_decision")
    for name, value in fields.items():
        setattr(found, name, value)
    check(found)
    found.save()
    note_translations(found)
    share(found)
    audit.record("governance.changed", found, by=by, fields=sorted(fields))
    return found


@transaction.atomic
def attach(decision: Decision, file: BinaryIO, name: str, language: str, *, by) -> Document:
    """Lay a document beside what is proposed; the same bytes lie there once."""
    found = locked(decision, by, "governance.change_decision")
    stored = files.keep(file, name, by=by)
    document, _new = found.documents.get_or_create(file=stored, defaults={"name": name, "language": language})
    audit.record("governance.changed", found, by=by, fields=["documents"], file=stored.pk)
    return document


@transaction.atomic
def detach(decision: Decision, pk: int, *, by) -> None:
    found = locked(decision, by, "governance.change_decision")
    found.documents.filter(pk=pk).delete()
    audit.record("governance.changed", found, by=by, fields=["documents"])


@transaction.atomic
def begin_discussion(decision: Decision, *, by) -> Decision:
    found = locked(decision, by, "governance.change_decision")
    found.state = State.DISCUSSION
    found.save(update_fields=["state"])
    share(found)
    audit.record("governance.discussed", found, by=by)
    return found


@transaction.atomic
def withdraw(decision: Decision, *, by) -> Decision:
    found = locked(decision, by, "governance.change_decision")
    found.state = State.WITHDRAWN
    found.save(update_fields=["state"])
    share(found)
    audit.record("governance.withdrawn", found, by=by)
    return found


@transaction.atomic
def open_ballot(decision: Decision, *, by, closes_at: datetime) -> Decision:
    """Open the vote: who may vote and by which rules is settled now and not changed by anything later."""
    found = locked(decision, by, "governance.open_ballot")
    if closes_at <= timezone.now():
        raise ValidationError({"closes_at": _("The vote must close in the future.")})
    found.eligible = selectors.eligible_organisations(found.body)
    if not found.eligible:
        raise ValidationError(_("There is no full member who could vote."))
    found.state, found.opened_at, found.closes_at = State.OPEN, timezone.now(), closes_at
    found.quorum, found.majority = found.body.quorum, found.body.majority
    found.save()
    share(found)
    audit.record("governance.opened", found, by=by, eligible=len(found.eligible), closes_at=closes_at)
    return found


@transaction.atomic
def extend(decision: Decision, *, by, closes_at: datetime) -> Decision:
    found = locked(decision, by, "governance.extend_ballot")
    if found.closes_at <= timezone.now():
        raise ValidationError({"closes_at": _("The vote is over and is being counted.")})
    if closes_at <= found.closes_at:
        raise ValidationError({"closes_at": _("An extension must be later than the present end.")})
    found.closes_at, found.reminded = closes_at, False
    found.save(update_fields=["closes_at", "reminded"])
    audit.record("governance.extended", found, by=by, closes_at=closes_at)
    return found


@transaction.atomic
def name_proxy(decision: Decision, organisation: Organisation, person: User | None, *, by) -> None:
    """Name who votes for an organisation in this ballot, or with None nobody but its delegate again."""
    found = Decision.objects.select_for_update(of=("self",)).select_related("body").get(pk=decision.pk)
    if found.state != State.OPEN or organisation.pk not in {one.pk for one, _proxy in selectors.own_proxies(by, found)}:
        raise PermissionDenied
    if organisation.pk in selectors.voted(found):
        raise ValidationError(_("The organisation has voted already."))
    if person is not None and "tier:full" not in keys_of(person):
        raise ValidationError({"person": _("Only somebody who acts for a full member can vote for another.")})
    found.proxies.filter(organisation=organisation).delete()
    if person is not None:
        Proxy.objects.create(decision=found, organisation=organisation, person=person)
    share(found)
    audit.record(
        "governance.proxy_named", found, by=by, organisation=organisation.pk, person=person.pk if person else None
    )


# Voting


@transaction.atomic
def cast(decision: Decision, organisation: Organisation, choice, *, by, comment: str = "") -> str:
    """Cast an organisation's vote; gives its receipt. An open vote can be changed until the end, a secret one cannot.

    The decision's row is locked, so that nothing is cast after the count and no organisation votes twice.
    """
    found = locked(decision, by, "governance.cast_vote")
    if found.closes_at <= timezone.now():
        raise ValidationError(_("The vote is over. Yours was not counted."))
    if organisation.pk not in {one.pk for one in selectors.votes_for(by, found)}:
        raise PermissionDenied
    check_choice(found, choice)
    return (
        cast_secretly(found, organisation, choice)
        if found.is_secret
        else cast_openly(found, organisation, choice, by, comment)
    )


def cast_openly(decision: Decision, organisation: Organisation, choice, by, comment: str) -> str:
    salt = secrets.token_hex(16)
    receipt = fingerprint([decision.pk, organisation.pk, choice, salt])
    fields = {"choice": choice, "comment": comment, "cast_by": by, "cast_at": timezone.now(), "salt": salt}
    Vote.objects.update_or_create(decision=decision, organisation=organisation, defaults={**fields, "receipt": receipt})
    audit.record("governance.voted", decision, by=by, organisation=organisation.pk, receipt=receipt)
    return receipt


def cast_secretly(decision: Decision, organisation: Organisation, choice) -> str:
    """No event, no time, no order: nothing that is kept ties the two rows together."""
    if organisation.pk in selectors.voted(decision):
        raise ValidationError(_("The organisation has voted already; a secret vote cannot be changed."))
    try:
        with transaction.atomic():
            Participation.objects.create(decision=decision, organisation=organisation)
    except IntegrityError as problem:
        raise ValidationError(_("The organisation has voted already; a secret vote cannot be changed.")) from problem
    receipt = secrets.token_hex(32)
    SecretVote.objects.create(decision=decision, choice=choice, receipt=receipt)
    write_anew(decision)
    return receipt


def check_choice(decision: Decision, choice) -> None:
    codes = [option["code"] for option in decision.options]
    kind = Decision.Kind
    given = choice if isinstance(choice, dict) else {}
    whole = all(type(points) is int and points >= 0 for points in given.values())
    fits = {
        kind.PROPOSAL: lambda: choice in POSITIONS,
        kind.CHOICE: lambda: choice in codes,
        kind.RANKED: lambda: (
            isinstance(choice, list) and choice and len(set(choice)) == len(choice) and set(choice) <= set(codes)
        ),
        kind.DATES: lambda: (
            isinstance(choice, dict) and set(choice) == set(codes) and set(choice.values()) <= set(AVAILABILITIES)
        ),
        kind.SCORE: lambda: whole and set(given) == set(codes) and max(given.values()) <= HIGHEST,
        kind.DOTS: lambda: whole and set(given) <= set(codes) and 0 < sum(given.values()) <= DOTS,
    }
    if not fits[decision.kind]():
        raise ValidationError(_("This is no vote that can be counted."))


def fingerprint(content) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def say(decision: Decision, text: str, *, by) -> None:
    require(by, "governance.view_decision", decision)
    require(by, "governance.discuss", decision)
    discussions.say(decision, text, by=by)


# The end


def close_due() -> int:
    """Close what is over; gives how many ballots were closed by this run."""
    return sum(close(decision.pk) for decision in selectors.due())


@transaction.atomic
def close(pk: int) -> int:
    """Count and freeze once: whoever holds the row first does it, everyone after finds it decided."""
    decision = Decision.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
    if decision.state != State.OPEN or decision.closes_at > timezone.now():
        return 0
    rules = Rules(decision.quorum, decision.majority, decision.silence_consents)
    codes = [option["code"] for option in decision.options]
    votes = selectors.choices_cast(decision)
    decision.result = asdict(count(decision.kind, votes, codes, len(decision.eligible), rules))
    decision.result_sha256 = fingerprint([decision.result, [list(row) for row in selectors.receipts(decision)]])
    decision.closed_at, decision.state, decision.number = decision.closes_at, State.DECIDED, next_number(decision)
    decision.save()
    if decision.is_secret:
        write_anew(decision)
    share(decision)
    audit.record("governance.decided", decision, number=decision.number, result=decision.result_sha256)
    return 1


def write_anew(decision: Decision) -> None:
    """So that not even the numbers of transactions, which a database keeps with its rows, tell which were made together."""
    for rows in (decision.secret_votes.order_by("receipt"), decision.participations.order_by("organisation")):
        kept = list(rows)
        rows.delete()
        for row in kept:
            row.pk = random_key()
        rows.model.objects.bulk_create(kept)


def next_number(decision: Decision) -> str:
    """The body's prefix, the year of its own calendar, and how manieth; its row is locked meanwhile."""
    Body.objects.select_for_update().get(pk=decision.body_id)
    year = decision.closes_at.astimezone(decision.body.zone).year
    prefix = f"{decision.body.prefix}-{year}-"
    taken = Decision.objects.filter(number__startswith=prefix).count()
    return f"{prefix}{taken + 1:03}"


def remind() -> int:
    """Remind those whose vote is missing, once, two days before the end."""
    return sum(note_ending(decision.pk) for decision in selectors.to_remind(REMIND_DAYS))


@transaction.atomic
def note_ending(pk: int) -> int:
    noted = Decision.objects.filter(pk=pk, state=State.OPEN, reminded=False).update(reminded=True)
    if noted:
        audit.record("governance.ending", Decision(pk=pk))
    return noted


# Opinions


@transaction.atomic
def ask_opinion(*, by, title: str, question: str, address: str = "") -> Opinion:
    require(by, "governance.ask_opinion")
    opinion = Opinion.objects.create(title=title, question=question, address=address, asked_by=by)
    audit.record("governance.opinion_asked", opinion, by=by)
    return opinion


@transaction.atomic
def give_opinion(opinion: Opinion, *, by, reason: str, verdict: str, **marks: int) -> None:
    require(by, "governance.give_opinion")
    opinion.verdict, opinion.marks = verdict, {name: int(mark) for name, mark in marks.items()}
    opinion.save()
