from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.Model):
    """How often what is published was read in a month, by where its readers come from; nothing of who they are.

    One row counts along one `dimension` alone, so that no two facts about a reader ever stand together. `topic` 0 counts
    every visit once; what has several topics counts under each of them too.
    """

    class Dimension(models.TextChoices):
        TIER = "tier", _("Membership tier")
        COUNTRY = "country", _("Country of the organisation, for members alone")
        REFERRER = "referrer", _("Where they came from")

    month = models.DateField(_("month"))
    topic = models.PositiveSmallIntegerField(default=0)
    dimension = models.CharField(max_length=8, choices=Dimension)
    value = models.CharField(max_length=80)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reach of what is published")
        constraints = [
            models.UniqueConstraint(fields=["month", "topic", "dimension", "value"], name="one_reach_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.dimension} {self.value}: {self.number}"


class Usefulness(models.Model):
    """How often readers said in a month that a record was useful or not, and for what; nothing of who they are."""

    class Purpose(models.TextChoices):
        POLICY = "policy", _("Preparing or changing a policy")
        PROJECT = "project", _("A project or an application for money")
        STUDY = "study", _("A study, a lecture or a course")
        PARTNERS = "partners", _("Finding partners or somebody to ask")
        OTHER = "other", _("Something else")

    record = models.ForeignKey("repository.Record", on_delete=models.CASCADE, related_name="+")
    month = models.DateField(_("month"))
    is_useful = models.BooleanField(_("useful"))
    purpose = models.CharField(_("for what"), max_length=10, choices=Purpose)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("usefulness of a record")
        constraints = [
            models.UniqueConstraint(fields=["record", "month", "is_useful", "purpose"], name="one_usefulness_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.month:%Y-%m}: {self.number}"


class MissedWords(models.Model):
    """What at least three readers searched in a month and did not find; words of fewer are not kept at all.

    `topics` are those of the keyword the words name, else the one that every such reader had filtered by (`|1|4|`).
    """

    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("words"), max_length=80)
    readers = models.PositiveIntegerField(_("readers"))
    topics = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("words not found")
        constraints = [models.UniqueConstraint(fields=["month", "language", "words"], name="one_row_of_missed_words")]

    def __str__(self) -> str:
        return self.words
