"""Reflective rounds: what partners said to a version, and what the group answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.exchange.discussions.models import Comment
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible

from ..models import CommentAnswer, Mechanism, MechanismVersion, ReflectiveRound
from . import mechanisms, patterns

LABEL = "pilots.reflectiveround"


@dataclass(frozen=True)
class Said:
    comment: Comment
    answer: CommentAnswer | None


@dataclass(frozen=True)
class Question:
    place: int
    text: Any
    said: Sequence[Said]


@dataclass(frozen=True)
class Outcome:
    """A round in numbers: how many comments, and what was answered to them."""

    round: ReflectiveRound
    comments: int
    verdicts: Sequence[tuple[str, int]]
    is_open_to_reader: bool


def rounds(user) -> QuerySet[ReflectiveRound]:
    rows = ReflectiveRound.objects.select_related("round", "pattern", "version__mechanism__group__topic")
    return visible(rows.select_related("version__mechanism__published"), user)


def round_for(user, pk: int) -> ReflectiveRound:
    return get_object_or_404(rounds(user), pk=pk)


def open_ones(user) -> QuerySet[ReflectiveRound]:
    return rounds(user).filter(round__closed_on=None).order_by("round__closes_on", "pk")


def closed_ones(user) -> QuerySet[ReflectiveRound]:
    return rounds(user).filter(round__closed_on__isnull=False).order_by("-round__closed_on", "-pk")


def hides_version(user, found: ReflectiveRound) -> bool:
    """What a withdrawn mechanism said is read by its group alone, as at its own address."""
    mechanism = found.version.mechanism
    is_gone = mechanism.state == Mechanism.State.WITHDRAWN
    return is_gone and not user.has_perm("pilots.read_mechanism_desk", mechanism)


def comments_in(found: ReflectiveRound) -> list[Comment]:
    rows = Comment.objects.filter(round=found.round_id).select_related("author")
    return list(rows.order_by("pk"))


def questions(found: ReflectiveRound) -> list[Question]:
    """In the reader's language where the pattern has it: what was published of it never changes its places."""
    answers = {answer.comment_id: answer for answer in found.answers.select_related("answered_by")}
    told = [Said(comment, answers.get(comment.pk)) for comment in comments_in(found)]
    texts = [part.text for part in patterns.of_kind(found.pattern, "question")]
    return [
        Question(
            place,
            texts[place] if place < len(texts) else asked,
            [one for one in told if one.comment.question == place],
        )
        for place, asked in enumerate(found.round.questions)
    ]


def unanswered(found: ReflectiveRound) -> int:
    answered = found.answers.values("comment")
    return Comment.objects.filter(round=found.round_id).exclude(pk__in=answered).count()


def comment_in(found: ReflectiveRound, pk: int) -> Comment:
    return get_object_or_404(Comment, round=found.round_id, pk=pk)


def speakers(found: ReflectiveRound) -> set[int]:
    rows = Comment.objects.filter(round=found.round_id, author__isnull=False)
    return set(rows.values_list("author_id", flat=True))


def outcomes(user, mechanism: Mechanism) -> list[Outcome]:
    """Closed rounds on what is public of a mechanism are told to everybody in numbers; the group sees all of them."""
    rows = ReflectiveRound.objects.filter(version__mechanism=mechanism)
    if not (user.is_authenticated and user.has_perm("pilots.read_mechanism_desk", mechanism)):
        rows = rows.filter(round__closed_on__isnull=False, version__published_on__isnull=False)
    answers = Prefetch("answers", CommentAnswer.objects.all())
    rows = list(rows.select_related("round", "version", "pattern").prefetch_related(answers))
    seen = set(rounds(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    said = Counter(Comment.objects.filter(round__in=[row.round_id for row in rows]).values_list("round_id", flat=True))
    return [Outcome(row, said[row.round_id], verdicts(row), row.pk in seen) for row in rows]


def verdicts(found: ReflectiveRound) -> list[tuple[str, int]]:
    told = Counter(answer.verdict for answer in found.answers.all())
    return [(str(name), told[code]) for code, name in CommentAnswer.Verdict.choices if told[code]]


def askable(mechanism: Mechanism) -> MechanismVersion | None:
    """The version partners can be asked about: what stands to be approved or published, else what is published."""
    return mechanisms.current(mechanism) or mechanism.published


def has_open(mechanism: Mechanism) -> bool:
    return ReflectiveRound.objects.filter(version__mechanism=mechanism, round__closed_on=None).exists()


def takes_comments(found: ReflectiveRound) -> bool:
    return found.takes_comments(platform_day())
