import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_bytes
from time import time

from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import hash_secret
from platform_core.people.privacy.selectors import current_notice

from .. import structure as questionnaire
from ..answering import mark
from ..conditions import Facts
from ..models import AnswerDraft, Consultation, FileAnswer, FormerAnswers, Questionnaire, Response
from ..protection import new_secret
from ..selectors.answers import with_questions
from .attachments import hand_over_files

SIGNER = Signer(salt="consultations.receipt")
INVITED = "invited"
DOUBLE_CLICK = 60  # seconds
MOST_WINDOWS = 6


class GoneError(Exception):
    """The answers were sent already, or never begun."""


class NotOpenError(Exception):
    """The consultation takes no answers now."""


class UnsignedError(Exception):
    """Somebody else is to sign these answers off before they can be sent, or they were changed meanwhile."""


@dataclass(frozen=True)
class Wish:
    """How a respondent wants a contribution to be published, and whose it is then."""

    publication: str = ""
    name: str = ""


def begin(consultation: Consultation, version: Questionnaire, *, in_a_crowd: bool = False, **more) -> str:
    """Begin to answer; gives the secret of the link under which the answers are reached.

    `more` are fields of the draft that come with a link: `audience`, `channel`, `is_test`. Where answers are tied to a
    link of one's own, only an invitation begins them.
    """
    invited = more.get("channel") == INVITED or more.get("is_test") or more.get("revises")
    if consultation.mode == Consultation.Mode.TOKEN and not invited:
        raise NotOpenError
    if not consultation.takes_answers and not more.get("is_test"):
        raise NotOpenError
    secret = new_secret(token_bytes(24), time(), in_a_crowd=in_a_crowd)
    AnswerDraft.objects.create(
        questionnaire=version, secret_hash=hash_secret(secret), language=active_code(), day=platform_day(), **more
    )
    return secret


@dataclass(frozen=True)
class Window:
    """Which page as it was shown writes, and how often it has written: a page without a name is any.

    `stood` are the marks of what it showed.
    """

    page: str = ""
    turn: int = 0
    stood: Mapping[str, str] = field(default_factory=dict)
    by_itself: bool = False


def keep(draft: AnswerDraft, answers: dict, replaced: set[str], window: Window = Window()) -> set[str]:
    """Keep what was typed on one page: keys in `replaced` are taken from `answers`, the others stay.

    What is unchanged in the window is left as another may have written it. Gives the keys that both have changed; they
    stay as they are. What a page kept by itself and comes after a button of the same page is passed over.
    """
    with transaction.atomic():
        rows = AnswerDraft.objects.select_for_update().filter(pk=draft.pk)
        found = rows.values_list("answers", "windows").first()
        if found is None:
            raise GoneError
        held, windows = found
        before = windows.get(window.page, {})
        if window.by_itself and before and window.turn <= before["turn"]:
            draft.answers = held
            return set()
        wrote = before.get("wrote", {})
        mine = {key for key in replaced | answers.keys() if is_changed(answers, key, window.stood, wrote)}
        contested = {key for key in mine & window.stood.keys() if is_contested(held, answers, key, window.stood, wrote)}
        taken = mine - contested
        draft.answers = merged(held, {key: value for key, value in answers.items() if key in taken}, taken)
        marks = {**wrote, **{key: mark(answers.get(key)) for key in taken}}
        rows.update(answers=draft.answers, language=active_code(), windows=noted(windows, window, marks))
    return contested


def is_changed(answers: dict, key: str, stood: Mapping[str, str], wrote: Mapping[str, str]) -> bool:
    """Whether the window says something else than it showed, or than it wrote since."""
    now = mark(answers.get(key))
    return key not in stood or now != stood[key] or (key in wrote and now != wrote[key])


def is_contested(held: dict, answers: dict, key: str, stood: Mapping[str, str], wrote: Mapping[str, str]) -> bool:
    return mark(held.get(key)) not in (stood[key], mark(answers.get(key)), wrote.get(key))


def noted(windows: dict, window: Window, marks: dict[str, str]) -> dict:
    if not window.page:
        return windows
    others = {page: told for page, told in windows.items() if page != window.page}
    latest = dict(list(others.items())[1 - MOST_WINDOWS :])
    return {**latest, window.page: {"turn": window.turn, "wrote": marks}}


def merged(held: dict, answers: dict, replaced: set[str]) -> dict:
    return {key: value for key, value in held.items() if key not in replaced} | answers


@transaction.atomic
def send(
    draft: AnswerDraft, *, person=None, wish: Wish = Wish(), sign_off: str = "", doubts: str = ""
) -> Response | None:
    """Turn a draft into a response: answers to hidden questions fall away and the link opens nothing any more.

    With `doubts`, one of `protection.REASONS`, it is held until somebody has looked at it. A test leaves nothing.
    In an anonymous consultation nothing is kept that ties the two together, and no event is written.
    """
    if draft.is_test:
        AnswerDraft.objects.filter(pk=draft.pk).delete()
        return None
    consultation = Consultation.objects.get(pk=draft.questionnaire.consultation_id)  # closed since the draft was read?
    if not consultation.takes_answers:
        raise NotOpenError
    held = AnswerDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise GoneError
    if held.sign_off_hash and held.sign_off_hash != hash_secret(sign_off):
        raise UnsignedError
    if held.answers != draft.answers:
        raise UnsignedError
    named = person if consultation.mode == Consultation.Mode.ATTRIBUTED else None
    state = Response.State.HELD if doubts else Response.State.COUNTED
    response = filed(draft, {"person": named, "state": state, "reason": doubts, **vars(wish)})
    hand_over_files(draft, response)
    held.delete()
    return response


def filed(draft: AnswerDraft, more: dict) -> Response:
    """A new response, or the next revision of the one that is being changed."""
    facts = Facts(draft.language, draft.audience)
    _shown, kept = questionnaire.visible_answers(draft.questionnaire.structure, draft.answers, facts)
    given = {
        "questionnaire": draft.questionnaire,
        "language": draft.language,
        "audience": draft.audience or chosen_audience(kept),
        "channel": draft.channel,
        "answers": kept,
        "day": platform_day(),
        "notice": str(current_notice().pk),
        **more,
    }
    if draft.revises_id is None:
        return Response.objects.create(**given)
    held = Response.objects.select_for_update().get(pk=draft.revises_id)
    FormerAnswers.objects.create(
        response=held,
        questionnaire_id=held.questionnaire_id,
        revision=held.revision,
        answers=held.answers,
        day=held.day,
    )
    held.files.all().delete()
    stays = {"channel": held.channel, "person": held.person, "reason": held.reason, "state": again(held)}
    for name, value in {**given, **stays}.items():
        setattr(held, name, value)
    held.revision += 1
    held.save()
    AnswerDraft.objects.filter(revises=held).exclude(pk=draft.pk).delete()
    return held


def chosen_audience(answers: dict) -> str:
    """What she said she is, where that is one code."""
    code = answers.get("audience")
    return code if isinstance(code, str) and len(code) <= 32 else ""


def again(held: Response) -> str:
    """Answers that were looked at once are looked at again when they are changed."""
    return Response.State.HELD if held.reason and held.state == Response.State.COUNTED else held.state


@transaction.atomic
def change(response: Response) -> str:
    """Unfinished answers that begin with what was sent; sending them makes the next revision."""
    consultation = response.questionnaire.consultation
    if not (consultation.may_change and consultation.takes_answers):
        raise NotOpenError
    version = consultation.versions.filter(published_at__isnull=False).latest("number")
    chosen = response.answers.get("audience") == response.audience
    audience = "" if chosen else response.audience
    secret = begin(consultation, version, audience=audience, channel=response.channel, revises=response)
    draft = AnswerDraft.objects.get(secret_hash=hash_secret(secret))
    AnswerDraft.objects.filter(pk=draft.pk).update(answers=carried_over(response, version))
    copies = [
        FileAnswer(draft=draft, question=row.question, file=row.file, name=row.name) for row in response.files.all()
    ]
    FileAnswer.objects.bulk_create(copies)
    return secret


def carried_over(response: Response, version: Questionnaire) -> dict:
    """Answers to questions that are of the same type in a later version."""
    types = [
        {asked["code"]: asked["type"] for asked in questionnaire.questions(one.structure)}
        for one in (response.questionnaire, version)
    ]
    same = {code for code, kind in types[0].items() if types[1].get(code) == kind}
    return {key: value for key, value in response.answers.items() if key.split(".")[0] in same}


def ask_sign_off(draft: AnswerDraft) -> str:
    """From now on only the holder of this second secret may send the answers; a new one replaces the one before."""
    secret = new_secret(token_bytes(24), 0)
    AnswerDraft.objects.filter(pk=draft.pk).update(sign_off_hash=hash_secret(secret), remark="")
    return secret


def give_back(draft: AnswerDraft, remark: str) -> None:
    """Who should sign off wants something changed; the answers stay open for those who write them."""
    AnswerDraft.objects.filter(pk=draft.pk).update(remark=remark[:1000])


def drop_old_drafts() -> int:
    """Unfinished answers go 30 days after the consultation has closed."""
    ended = timezone.now() - timedelta(days=30)
    return AnswerDraft.objects.filter(questionnaire__consultation__closes_at__lt=ended).delete()[0]


def receipt(response: Response) -> str:
    """The respondent's own key to her answers; it is told once and kept nowhere."""
    return SIGNER.sign_object(response.pk)


def note_sent(secret: str, response: Response) -> None:
    """For a minute, and in the cache alone, the holder of the link finds the receipt of what she sent by it."""
    cache.set(sent_key(secret), response.pk, DOUBLE_CLICK)


def just_sent(secret: str) -> str:
    """The receipt of what was sent by a link within the last minute, or nothing."""
    pk = cache.get(sent_key(secret))
    return SIGNER.sign_object(pk) if pk else ""


def sent_key(secret: str) -> str:
    return f"consultations:sent:{hash_secret(secret)}"


def response_behind(token: str) -> Response | None:
    try:
        pk = SIGNER.unsign_object(token)
    except (BadSignature, ValueError, json.JSONDecodeError):
        return None
    return with_questions(Response.objects.filter(pk=pk))


def fingerprint(response: Response) -> str:
    """SHA-256 of the questionnaire's hash and of the answers as canonical JSON: the same answers, the same print."""
    told = {"questionnaire": response.questionnaire.sha256, "answers": response.answers}
    return questionnaire.canonical_hash(told)
