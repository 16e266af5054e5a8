from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .meetings import AgendaItem, Meeting


class Minutes(models.Model):
    """What was said and agreed at a meeting, item by item. `fingerprint` is the hash of what was made final.

    `approved_in` is the item of a later meeting under which they were approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        COMMENTS = "comments", _("For comment")
        FINAL = "final", _("Final")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    comments_until = models.DateField(_("comments until"), null=True, blank=True)
    others_present = models.CharField(_("also present"), max_length=1000, blank=True)
    final_at = models.DateTimeField(null=True)
    final_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True)
    approved_in = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="minutes_approved"
    )

    class Meta:
        verbose_name = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="final") | ~models.Q(fingerprint="") & models.Q(final_at__isnull=False),
                name="final_minutes_have_a_fingerprint",
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:minutes", args=[self.meeting_id])

    @property
    def scope(self) -> str:
        return self.meeting.scope


class MinutesRevision(models.Model):
    """A state of what the minutes say of one item, never changed; the last one holds."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=100_000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision of minutes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_revision_of_a_number")]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"


class Writing(models.Model):
    """Somebody has the minutes of an item open to write in them; told to whoever opens them too."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="writings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("writing of minutes")
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="one_writing_each")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_id}"
