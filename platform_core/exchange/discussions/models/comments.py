from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Round(models.Model):
    """A time for comments on a thing by a set of questions; at its end its owner says what was changed because of them.

    `questions` are texts in the order they are asked, in the language of the round.
    """

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    questions = models.JSONField(_("questions"), default=list)
    language = models.CharField(max_length=5)
    version = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField()
    closes_on = models.DateField(_("comments until"))
    summary = models.TextField(_("what was changed because of the comments"), max_length=10_000, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("round of comments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "object_id"], condition=models.Q(closed_on__isnull=True), name="one_open_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.closes_on}"

    def takes_comments(self, today: date) -> bool:
        return self.closed_on is None and self.closes_on >= today


class Comment(models.Model):
    """Something said about a thing. An internal one is for those who look after the thing, never for who asked.

    Within a round, `question` is the place of the question it answers. `anchor` is the page or passage it is about,
    from 1, in the `version` that was read; what was asked for is settled on `settled_on`.
    """

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.CASCADE, related_name="comments")
    question = models.PositiveSmallIntegerField(null=True, blank=True)
    anchor = models.PositiveIntegerField(null=True, blank=True)
    version = models.CharField(max_length=40, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answers_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    hidden_because = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=10_000)
    is_internal = models.BooleanField(_("only for those who look after this"), default=False)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        ordering = ["id"]
        indexes = [models.Index(fields=["thing", "object_id"], name="discussions_comment_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id}: {self.text[:40]}"
