from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Following(models.Model):
    """A person wants to be told of a thing, or of nothing about it; who mutes a thing she follows is told nothing."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    is_followed = models.BooleanField(default=False)
    is_muted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("what a person follows or has muted")
        constraints = [models.UniqueConstraint(fields=["person", "thing", "object_id"], name="one_following_per_thing")]
        indexes = [models.Index(fields=["thing", "object_id"], name="messaging_following_thing")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.thing} {self.object_id}"
