from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .posts import Post


class Report(models.Model):
    """Somebody finds that a post breaks the rules; whoever looks after the forum hides it or leaves it, with an answer."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=1000)
    reported_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("report of a post")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], condition=models.Q(settled_at=None), name="one_open_report_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.reported_at:%Y-%m-%d}"


class Hiding(models.Model):
    """A post was hidden, for a reason; its author can object once, and is answered."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="hidings")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.CharField(_("reason"), max_length=300)
    hidden_at = models.DateTimeField(auto_now_add=True)
    objection = models.TextField(_("objection"), max_length=2000, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hiding of a post")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.why}"
