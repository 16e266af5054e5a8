from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic


class WorkingGroup(models.Model):
    """The group of a topic; it has the topic's number. Who belongs to it is said by roles in the scope `group:N`."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everyone finds the page of the group")
        MEMBERS = "members", _("Members find the page of the group")
        HIDDEN = "hidden", _("Only the group itself knows its page")

    class Joining(models.TextChoices):
        APPOINTMENT = "appointment", _("Only those who are appointed take part")
        APPLICATION = "application", _("Members can ask to take part; the leader answers")
        OPEN = "open", _("Members can take part as they like")

    class Participation(models.TextChoices):
        READ = "read", _("Who has joined reads")
        COMMENT = "comment", _("Who has joined reads and comments")
        WRITE = "write", _("Who has joined reads, comments and writes")

    topic = models.OneToOneField(Topic, primary_key=True, on_delete=models.PROTECT, related_name="group")
    summary = TranslatedField(blank=True)
    weaknesses = models.JSONField(default=dict)
    potentials = models.JSONField(default=dict)
    visibility = models.CharField(_("who finds it"), max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    joining = models.CharField(_("who takes part"), max_length=12, choices=Joining, default=Joining.APPOINTMENT)
    participation = models.CharField(
        _("what taking part means"), max_length=12, choices=Participation, default=Participation.COMMENT
    )

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


class Visit(models.Model):
    """When somebody was at her home last, and when the time before that; an hour without her begins another visit."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("visit of a member's home")

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d %H:%M}"
