from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Country, Region
from platform_core.identity.access.models import DatedQuerySet


class Tier(models.TextChoices):
    FULL = "full", _("Full member")
    ASSOCIATED = "associated", _("Associated member")
    PARTNER = "partner", _("Partner member")


class Organisation(models.Model):
    """An institution of the region; `kind` is a term of the scheme organisation_type."""

    code = models.SlugField(unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    name = TranslatedField(_("name"), max_length=300)
    kind = models.CharField(_("type"), max_length=40)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, verbose_name=_("country"))
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("region"))
    is_public_body = models.BooleanField(_("public body"), default=False)
    website = models.URLField(_("web site"), blank=True)
    description = TranslatedField(_("description"), blank=True)
    sort_name = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_name"]
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
