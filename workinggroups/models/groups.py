from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic


class WorkingGroup(models.Model):
    """The group of a topic; it has the topic's number. Who belongs to it is said by roles in the scope `group:N`."""

    topic = models.OneToOneField(Topic, primary_key=True, on_delete=models.PROTECT, related_name="group")
    summary = TranslatedField(blank=True)
    weaknesses = models.JSONField(default=dict)
    potentials = models.JSONField(default=dict)

    class Meta:
        ordering = ["topic"]
        verbose_name = _("working group")

    def __str__(self) -> str:
        return str(self.topic.name)

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:group", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.pk}"
