from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .documents import Document, DocumentVersion


class Review(models.Model):
    """Several people are asked whether one version of a document is good."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Not decided yet")
        APPROVED = "approved", _("Approved")
        CHANGES = "changes", _("Changes are asked for")
        VOID = "void", _("Void, since the document was changed")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="reviews")
    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="reviews")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField(_("answers until"))
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    closed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("review of a document")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(outcome="open"), name="one_open_review_of_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.version_id}"


class Reviewer(models.Model):
    """One of the people asked, and her answer, with the fingerprint of what she had before her."""

    class Answer(models.TextChoices):
        NONE = "", _("Has not answered")
        APPROVE = "approve", _("Approves")
        REMARKS = "remarks", _("Approves with remarks")
        CHANGES = "changes", _("Asks for changes")
        RELEASED = "released", _("Is not asked any more")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    remarks = models.TextField(max_length=5000, blank=True)
    answered_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("reviewer of a document")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_reviewer_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.person_id}"
