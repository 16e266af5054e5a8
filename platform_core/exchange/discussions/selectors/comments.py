from django.db.models import Model, Prefetch, QuerySet

from platform_core.ground.registry.catalogue import label_of

from ..models import Comment, Round


def conversation(thing: Model, *, internal: bool) -> QuerySet[Comment]:
    """What was said about a thing, the oldest first; the caller has checked that the reader may see it."""
    rows = Comment.objects.filter(thing=label_of(thing), object_id=thing.pk).select_related("author")
    return rows if internal else rows.filter(is_internal=False)


def comments_on(thing: Model) -> QuerySet[Comment]:
    """What was said outside of rounds, the oldest first, with the answers."""
    rows = conversation(thing, internal=False).filter(round=None, answers_to=None)
    return rows.prefetch_related(Prefetch("replies", Comment.objects.select_related("author")))


def rounds_on(thing: Model) -> QuerySet[Round]:
    """The newest first, with what was said in them."""
    rows = Round.objects.filter(thing=label_of(thing), object_id=thing.pk)
    return rows.prefetch_related(Prefetch("comments", Comment.objects.select_related("author")))


def by_question(found: Round) -> list[tuple[str, list[Comment]]]:
    said = list(found.comments.all())
    return [
        (question, [comment for comment in said if comment.question == place])
        for place, question in enumerate(found.questions)
    ]


def speakers(found: Round) -> list[int]:
    return sorted({comment.author_id for comment in found.comments.all() if comment.author_id})


def has_open_round(thing: Model) -> bool:
    return Round.objects.filter(thing=label_of(thing), object_id=thing.pk, closed_on=None).exists()
