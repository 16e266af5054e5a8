from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """Something said about a thing. An internal one is for those who look after the thing, never for who asked."""

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    text = models.TextField(_("text"), max_length=10_000)
    is_internal = models.BooleanField(_("only for those who look after this"), default=False)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        ordering = ["id"]
        indexes = [models.Index(fields=["thing", "object_id"], name="discussions_comment_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id}: {self.text[:40]}"
