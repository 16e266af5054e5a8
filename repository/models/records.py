import reversion
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Concept, Country, Region, Term, Topic
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation


@reversion.register()
class Record(models.Model):
    """Something the region can learn from. `kind` is a term of the scheme record_kind; `terms` are of other schemes.

    `details` holds what the kind asks (see `kinds`): texts by language, codes, or an address. `identifiers` gives a creator's
    ORCID or ROR by her name, `natures` whether she is a person or an organisation, where that was said. `changed_on` is the
    day on which what is public of it last changed, `files_from` the day from which the files are open to those who see the
    record. `version` repeats the number of the last published state and `adopted` the number of adoptions, `views` and
    `downloads` what the last sweep had counted, so that a page need not ask.

    `merit` is what `validated_version` was found to be on `validated_on`; on `revalidate_on` somebody is told that this is
    long ago.

    `clusters` are those organisations of the directory that took part in what it tells of, where its kind asks for them.

    `was_public` stays when the record is withdrawn or kept for members: harvesters are told that it is gone.

    Content of the demonstration is invented unless it `is_retold`: then its text names the source of its facts.

    A record may be about another thing on the platform, such as a consultation whose result it is; the pair
    `about_thing`, `about_id` names it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class FilesFor(models.TextChoices):
        ALL = "all", _("Everybody who sees the record")
        MEMBERS = "members", _("Members")
        ASKED = "asked", _("Whoever asks and is given them")

    class Merit(models.TextChoices):
        PROMISING = "promising", _("Promising")
        GOOD = "good", _("Good")
        BEST = "best", _("Best")

    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    title = TranslatedField(_("title"), max_length=300)
    summary = TranslatedField(_("summary"), max_length=1200)
    description = TranslatedField(_("description"), blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="records", verbose_name=_("topics"))
    countries = models.ManyToManyField(Country, blank=True, related_name="records", verbose_name=_("countries"))
    regions = models.ManyToManyField(Region, blank=True, related_name="records", verbose_name=_("regions"))
    terms = models.ManyToManyField(Term, blank=True, related_name="+")
    concepts = models.ManyToManyField(Concept, blank=True, related_name="+", verbose_name=_("keywords"))
    clusters = models.ManyToManyField(
        Organisation, blank=True, related_name="projects", verbose_name=_("clusters of the directory")
    )
    details = models.JSONField(default=dict, blank=True)
    begins = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("to"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    languages = models.JSONField(_("languages of the document"), default=list)
    creators = models.JSONField(_("creators"), default=list, blank=True)
    identifiers = models.JSONField(_("ORCID and ROR of the creators"), default=dict, blank=True)
    natures = models.JSONField(_("which creators are people, which organisations"), default=dict, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    licence = models.CharField(_("licence"), max_length=40, default="CC-BY-4.0")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    is_demonstration = models.BooleanField(default=False)
    is_retold = models.BooleanField(default=False)
    deposited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    files_from = models.DateField(_("files open from"), null=True, blank=True)
    files_for = models.CharField(_("who gets the files"), max_length=10, choices=FilesFor, default=FilesFor.ALL)
    for_members = models.BooleanField(_("for members only"), default=False)
    was_public = models.BooleanField(default=False, db_index=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    adopted = models.PositiveSmallIntegerField(default=0)
    views = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)
    merit = models.CharField(max_length=10, choices=Merit, blank=True)
    validated_on = models.DateField(null=True, blank=True)
    validated_version = models.PositiveSmallIntegerField(default=0)
    validation_asked = models.BooleanField(default=False)
    revalidate_on = models.DateField(null=True, blank=True)
    why_withdrawn = models.CharField(_("reason for the withdrawal"), max_length=500, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    about_thing = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("record")
        indexes = [models.Index(fields=["about_thing", "about_id"], name="records_about_a_thing")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
                name="published_record_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("repository:record", args=[self.code])

    def cited_as(self, address: str) -> str:
        """The address to cite: its DOI where it has one."""
        return f"https://doi.org/{self.doi}" if self.doi else address


class RecordFile(models.Model):
    """A stored file under its name within a record."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=5)

    class Meta:
        ordering = ["id"]
        verbose_name = _("file of a record")
        constraints = [models.UniqueConstraint(fields=["record", "file"], name="one_file_once_per_record")]

    def __str__(self) -> str:
        return self.name


class RecordVersion(models.Model):
    """A published state, never changed: `content` is all that a reader could read, `sha256` its hash.

    `had_open_files` tells that everybody could have its files then.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    note = models.CharField(_("what has changed"), max_length=500, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    had_open_files = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("version of a record")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.record_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("repository:version", args=[self.record.code, self.number])
