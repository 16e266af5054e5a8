import secrets
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation


def random_key() -> int:
    return secrets.randbits(62)


class Majority(models.TextChoices):
    SIMPLE = "simple", _("more for than against")
    ABSOLUTE = "absolute", _("more than half of all who may vote")
    TWO_THIRDS = "two_thirds", _("two thirds of those for or against")
    CONSENSUS = "consensus", _("nobody against")


class Body(models.Model):
    """A committee that decides. Its members hold one of the roles named in `role`, apart by spaces, in its `scope`.

    It votes by organisation, in its own time zone.
    """

    code = models.SlugField(primary_key=True)
    name = TranslatedField()
    task = TranslatedField(blank=True)
    prefix = models.CharField(max_length=8, unique=True)
    role = models.CharField(max_length=80)
    scope = models.CharField(max_length=40, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum, per cent"), default=50)
    majority = models.CharField(_("majority"), max_length=12, choices=Majority, default=Majority.SIMPLE)
    time_zone = models.CharField(max_length=50, default=settings.DISPLAY_TIME_ZONE)

    class Meta:
        ordering = ["prefix"]
        verbose_name = _("committee")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def roles(self) -> list[str]:
        return self.role.split()

    @property
    def keys(self) -> list[str]:
        """Audience keys of those who sit in it."""
        return [f"role:{role}@{self.scope}" if self.scope else f"role:{role}" for role in self.roles]


class Decision(models.Model):
    """What a committee decides, from its proposal to its place in the register.

    One that was taken without a ballot names the thing it was taken at, such as a meeting (`origin_thing`, `origin_id`).
    When voting opens, `eligible` keeps the organisations that may vote, and quorum and majority are taken over from the body;
    when it closes, `result` is frozen and the decision gets its number.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        DISCUSSION = "discussion", _("In discussion")
        OPEN = "open", _("Voting is open")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("A proposal: agree, abstain, disagree or block")
        CHOICE = "choice", _("A choice of one option")
        RANKED = "ranked", _("A ranking of the options")
        DATES = "dates", _("Finding a date")
        SCORE = "score", _("A score from 0 to 10 for each option")
        DOTS = "dots", _("Ten dots to distribute among the options")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=20, blank=True)
    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("text of the decision"))
    background = TranslatedField(_("background"), blank=True)
    kind = models.CharField(_("kind of ballot"), max_length=10, choices=Kind, default=Kind.PROPOSAL)
    options = models.JSONField(default=list)
    is_secret = models.BooleanField(_("secret ballot"), default=False)
    silence_consents = models.BooleanField(_("written procedure: silence is consent"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="proposed_decisions"
    )
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    eligible = models.JSONField(default=list)
    quorum = models.PositiveSmallIntegerField(default=0)
    majority = models.CharField(max_length=12, blank=True)
    reminded = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    origin_thing = models.CharField(max_length=80, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["-closed_at", "-pk"]
        indexes = [models.Index(fields=["origin_thing", "origin_id"], name="decisions_taken_at")]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="decision_number_once"),
            models.CheckConstraint(
                condition=models.Q(state="decided", result__isnull=False, closed_at__isnull=False)
                & ~models.Q(number="")
                | ~models.Q(state="decided") & models.Q(result__isnull=True, number=""),
                name="a_decided_one_has_number_and_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("governance:decision", args=[self.pk])


class Document(models.Model):
    """A stored file to read before deciding, seen by whoever sees the decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    language = models.CharField(_("language"), max_length=5)

    class Meta:
        verbose_name = _("document of a decision")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "file"], name="one_file_once_per_decision")]

    def __str__(self) -> str:
        return self.name


class Vote(models.Model):
    """An organisation's vote in an open ballot. Its receipt is a hash that the organisation can compute again."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="votes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    choice = models.JSONField()
    comment = models.CharField(max_length=1000, blank=True)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    cast_at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    receipt = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("vote")
        constraints = [models.UniqueConstraint(fields=["decision", "organisation"], name="one_vote_per_organisation")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.organisation_id}"


class Participation(models.Model):
    """That an organisation has voted in a secret ballot; no time, and nothing that leads to its vote."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("participation in a secret ballot")
        constraints = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="one_participation_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.organisation_id}"


class SecretVote(models.Model):
    """A vote in a secret ballot. Only who holds its receipt knows that it is hers."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="secret_votes")
    choice = models.JSONField()
    receipt = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("secret vote")

    def __str__(self) -> str:
        return f"{self.decision_id} {self.receipt[:8]}"


class Proxy(models.Model):
    """A person who casts an organisation's vote in one ballot instead of its delegate."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="proxies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proxies")

    class Meta:
        verbose_name = _("proxy")
        constraints = [models.UniqueConstraint(fields=["decision", "organisation"], name="one_proxy_per_organisation")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.organisation_id}"


class Opinion(models.Model):
    """What the scientific committee is asked to give an opinion on; asked and answered as a case."""

    class Verdict(models.TextChoices):
        FAVOURABLE = "favourable", _("Favourable")
        CONDITIONAL = "conditional", _("Favourable with conditions")
        UNFAVOURABLE = "unfavourable", _("Not favourable")

    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("what the committee is asked"), max_length=5000)
    address = models.CharField(_("where the text is found"), max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    marks = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("opinion of the committee")

    def __str__(self) -> str:
        return self.title
