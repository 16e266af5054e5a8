from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Country, Region, Topic
from platform_core.identity.access.models import DatedQuerySet, SecretLink
from platform_core.materials.files.pictures import path_of


class Tier(models.TextChoices):
    FULL = "full", _("Full member")
    ASSOCIATED = "associated", _("Associated member")
    PARTNER = "partner", _("Partner member")


class Present(models.Manager):
    """Organisations that were not merged into another."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(merged_into=None)


class Organisation(models.Model):
    """An institution of the region; `kind` is a term of the scheme organisation_type.

    `merged_into` is the one it turned out to be the same as: nobody sees this row any more, its address leads there.
    """

    code = models.SlugField(unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    name = TranslatedField(_("name"), max_length=300)
    kind = models.CharField(_("type"), max_length=40)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, verbose_name=_("country"))
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("region"))
    is_public_body = models.BooleanField(_("public body"), default=False)
    website = models.URLField(_("web site"), blank=True)
    email = models.EmailField(_("e-mail address of the organisation"), blank=True)
    email_domain = models.CharField(_("domain of its e-mail addresses"), max_length=120, blank=True)
    vat = models.CharField(_("VAT number"), max_length=30, blank=True)
    ror = models.URLField(_("ROR identifier"), blank=True)
    description = TranslatedField(_("description"), blank=True)
    priorities = TranslatedField(_("S3 priorities of its region"), blank=True)
    logo = models.FileField(_("logo"), upload_to=path_of, blank=True)
    sort_name = models.CharField(max_length=300, editable=False, db_index=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, editable=False, on_delete=models.PROTECT)

    everything = models.Manager()
    objects = Present()

    class Meta:
        ordering = ["sort_name"]
        default_manager_name = "objects"
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("members:organisation", args=[self.code])


class Membership(models.Model):
    """An organisation's tier from a day to a day; rows are ended, never deleted."""

    class Share(models.TextChoices):
        FINANCING = "financing", _("Financing partner")
        ASP = "asp", _("Associated strategic partner")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    share = models.CharField(_("part in the partnership"), max_length=12, choices=Share, blank=True)
    begins = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)
    decided_by = models.CharField(max_length=32, blank=True)
    why = models.TextField(_("reason"), blank=True)
    reminded = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)
    why_suspended = models.TextField(_("reason for the suspension"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-begins", "-id"]
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ends__isnull=True), name="one_open_membership"
            ),
            models.CheckConstraint(
                condition=models.Q(tier=Tier.FULL) & ~models.Q(share="")
                | ~models.Q(tier=Tier.FULL) & models.Q(share=""),
                name="full_membership_says_its_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.tier}"


class Affiliation(models.Model):
    """A person acts for an organisation from a day to a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    function = models.CharField(_("function"), max_length=150, blank=True)
    is_contact = models.BooleanField(_("contact person"), default=False)
    is_admin = models.BooleanField(_("looks after the profile"), default=False)
    begins = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=models.Q(ends__isnull=True), name="one_open_affiliation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}"


class Stance(models.Model):
    """Whether an organisation has experience in a topic to share, or wants to gain it."""

    class Side(models.TextChoices):
        SHARES = "shares", _("has experience to share")
        GAINS = "gains", _("wants to gain experience")
        BOTH = "both", _("both")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stances")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side)

    class Meta:
        verbose_name = _("experience in a topic")
        ordering = ["topic"]
        constraints = [models.UniqueConstraint(fields=["organisation", "topic"], name="one_stance_per_topic")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.topic_id} {self.side}"


class Asked(models.TextChoices):
    """What became of something that was asked for."""

    OPEN = "open", _("To be answered")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Application(models.Model):
    """An organisation asks to become a member, or to move to another tier; answered as a case."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    share = models.CharField(_("part in the partnership"), max_length=12, choices=Membership.Share, blank=True)
    motivation = models.TextField(_("why"), max_length=3000)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=Asked, default=Asked.OPEN)

    class Meta:
        verbose_name = _("application for membership")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(state="open"), name="one_open_application"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.tier}"


class Claim(models.Model):
    """A person says that she acts for an organisation; those who look after its profile confirm it, as a case."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    function = models.CharField(_("function"), max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=Asked, default=Asked.OPEN)

    class Meta:
        verbose_name = _("claim to act for an organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=models.Q(state="open"), name="one_open_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}"

    @property
    def domain_fits(self) -> bool:
        """Whether the person's address is one of the organisation's domain."""
        domain = self.organisation.email_domain.lower().lstrip("@")
        return bool(domain) and self.person.email.lower().endswith(f"@{domain}")


class Invitation(models.Model):
    """Somebody is invited by e-mail: to act for an organisation, or to one activity from a day to a day, or both.

    The activity is a thing that can be seen; whoever accepted sees it in that time under the key `activity`, and holds the
    key `change` beside it where the invitation lets her change it.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    function = models.CharField(_("function"), max_length=150, blank=True)
    thing = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)
    may_change = models.BooleanField(_("may change it"), default=False)
    begins = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="sent_invitations"
    )
    link = models.OneToOneField(SecretLink, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(thing="", object_id__isnull=True)
                | models.Q(object_id__isnull=False, ends__isnull=False) & ~models.Q(thing=""),
                name="an_invitation_to_an_activity_ends",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def key(self) -> str:
        """The audience key of whoever is invited to the activity."""
        return f"activity:{self.thing}:{self.object_id}" if self.thing else ""

    @property
    def keys(self) -> set[str]:
        """All keys it opens: to see the activity, and perhaps to change it."""
        change = {f"change:{self.thing}:{self.object_id}"} if self.thing and self.may_change else set()
        return {self.key} | change if self.key else set()


class Profile(models.Model):
    """What a person tells of herself; `shown` says for each field who may read it, nobody else while it is not named."""

    class Level(models.TextChoices):
        ME = "me", _("only I")
        GROUPS = "groups", _("my groups")
        MEMBERS = "members", _("members")
        PUBLIC = "public", _("everyone")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(_("about me"), blank=True, max_length=2000)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("expertise"))
    languages = models.JSONField(_("languages I work in"), default=list, blank=True)
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)
    links = models.JSONField(_("addresses"), default=list, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    photo = models.FileField(_("photo"), upload_to=path_of, blank=True)
    shown = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("profile")

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("members:profile", args=[self.person_id])
