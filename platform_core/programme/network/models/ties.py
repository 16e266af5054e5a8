from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Topic
from platform_core.people.members.models import Organisation


class Tie(models.Model):
    """Two organisations work together; it counts once the other side has confirmed it. `kind` is of the scheme tie_kind."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the other side")
        CONFIRMED = "confirmed", _("Confirmed by both sides")
        DECLINED = "declined", _("Declined")

    one = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_out")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_in")
    kind = models.CharField(_("kind"), max_length=40)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("what you do together"), max_length=300)
    begins = models.PositiveSmallIntegerField(_("since (year)"))
    ends = models.PositiveSmallIntegerField(_("until (year)"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        verbose_name = _("tie between organisations")
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="a_tie_has_two_ends"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("begins")), name="tie_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"

    def get_absolute_url(self) -> str:
        return reverse("network:ties_of", args=[self.one.code])
