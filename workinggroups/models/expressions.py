from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Concept
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation

from .calls import Call, CallOption, CallQuestion, Condition, LetterText, random_key

Outcome = LetterText.Outcome


class Expression(models.Model):
    """What an organisation answers to a call. `fingerprint` is the hash of all it says, in the edition last sent.

    `rank` and `score` are those of the settled ranking; `outcome` follows from what is decided of the people it names.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        COMPLETION = "completion", _("To be completed")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="expressions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.SUBMITTED)
    edition = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=5)
    submitted_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(_("reasons"), max_length=4000, blank=True)
    complete_until = models.DateField(_("to be completed until"), null=True)
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    passes = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("expression of interest")
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=~models.Q(state="withdrawn"),
                name="one_expression_of_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:expression", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.call.scope


class CallAnswer(models.Model):
    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    number = models.BigIntegerField(null=True)
    option = models.ForeignKey(CallOption, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("answer to a call")
        ordering = ["question"]
        constraints = [models.UniqueConstraint(fields=["expression", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return self.text or self.name or str(self.option or self.number or "")


class Candidate(models.Model):
    """A person an organisation names for a seat. She is asked whether she agrees; when she does not, what was said of her
    is taken away. A seat that was decided for her is hers once she takes it.
    """

    class Role(models.TextChoices):
        REPRESENTATIVE = "wg_representative", _("Representative")
        EXPERT = "wg_expert", _("Expert")

    class Consent(models.TextChoices):
        ASKED = "asked", _("Has not answered yet")
        GIVEN = "given", _("Agrees")
        DECLINED = "declined", _("Does not agree")

    class Seat(models.TextChoices):
        NONE = "", "–"
        OFFERED = "offered", _("Offered")
        TAKEN = "taken", _("Taken")
        REFUSED = "refused", _("Refused")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="candidates")
    role = models.CharField(_("seat sought"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    experience = models.TextField(_("experience"), max_length=3000, blank=True)
    cv = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    cv_name = models.CharField(max_length=150, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.ASKED)
    consent_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=Outcome, blank=True)
    seat = models.CharField(max_length=10, choices=Seat, default=Seat.NONE, blank=True)
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("person named for a seat")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or "–"

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:candidate", args=[self.pk])


class Competence(models.Model):
    """What somebody knows: a keyword of the thesaurus, or words of her own."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="competences")
    concept = models.ForeignKey(Concept, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("competence of a person named")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.concept) if self.concept_id else self.words


class Finding(models.Model):
    """Whether an expression meets one condition that is judged by hand."""

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="findings")
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="+")
    met = models.BooleanField()

    class Meta:
        verbose_name = _("finding about a condition")
        constraints = [models.UniqueConstraint(fields=["expression", "condition"], name="one_finding_per_condition")]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.met}"


class Letter(models.Model):
    """The answer to an organisation, sent once; `file` is its PDF."""

    expression = models.OneToOneField(Expression, on_delete=models.PROTECT, related_name="letter")
    outcome = models.CharField(max_length=10, choices=Outcome)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    sent_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("letter about an expression of interest")

    def __str__(self) -> str:
        return self.subject
