import re
from functools import partial

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import language_choices
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary import selectors as vocabulary, thesaurus
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.files.forms import UploadField
from platform_core.people.members.models import Organisation

from .. import creators, selectors
from ..kinds import LONG, SHORT, Detail, details_of, names_clusters
from ..licences import CLOSED
from ..models import Record

LICENCES = [
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC0-1.0",
    "ODbL-1.0",
    "EUPL-1.2",
    CLOSED,
]
SCHEMES = ("level", "cycle_stage", "policy_stage", "maturity", "cluster_action", "axis")
IDENTIFIER = re.compile(r"https://(orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]|ror\.org/0[a-z0-9]{8})")


def terms(scheme: str):
    return lambda: vocabulary.term_choices(scheme)


def regions_by_country() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices under the name of each country, in its order."""
    labels = vocabulary.region_labels()
    found: dict[str, list[tuple[str, str]]] = {}
    for region in vocabulary.regions():
        found.setdefault(region.country_id, []).append((region.code, labels[region.code]))
    return [(name, found[code]) for code, name in vocabulary.country_labels().items() if code in found]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def several(label, scheme: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=terms(scheme), widget=forms.CheckboxSelectMultiple
    )


class RecordForm(forms.Form):
    """The common core of a record and what its kind asks, in one language; others are added by translators."""

    SECTIONS = (
        (_("What it is"), ("language", "title", "summary", "description", "topics", "concepts")),
        (_("Where, when and on what level"), ("countries", "regions", "begins", "ends", *SCHEMES)),
        (
            _("Who made it, and what others may do with it"),
            ("creators", "organisation", "year", "languages", "funding", "licence", "for_members"),
        ),
        (_("File"), ("file", "dropped", "files_for", "files_from")),
    )

    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=language_choices,
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=1200,
        widget=area(4),
        help_text=_("Two or three sentences a busy official can read."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=40000,
        required=False,
        widget=area(8),
        help_text=_("Headings with ##, lists with -, links as [text](address)."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=lambda: vocabulary.topic_labels().items(), widget=forms.CheckboxSelectMultiple
    )
    concepts = forms.CharField(
        label=_("Keywords"),
        required=False,
        max_length=1000,
        help_text=_(
            "Separated by commas, in any of the languages. By them a record is found in every language; those its title "
            "and summary name are added by themselves."
        ),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        choices=lambda: vocabulary.country_labels().items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty when it concerns the whole area."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        choices=regions_by_country,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The country of a region is added by itself."),
    )
    begins = forms.DateField(label=_("From"), required=False, widget=DayInput())
    ends = forms.DateField(
        label=_("To"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: it goes on."),
    )
    level = several(_("Level"), "level")
    cycle_stage = several(_("Policy cycle"), "cycle_stage")
    policy_stage = several(_("Stage of cluster policy"), "policy_stage")
    maturity = several(_("Maturity of the cluster"), "maturity")
    cluster_action = several(_("Cluster action"), "cluster_action")
    axis = several(_("Recommendation axis"), "axis")
    creators = forms.CharField(
        label=_("Creators"),
        max_length=2000,
        widget=area(2),
        help_text=_(
            "One in a line, as: Ana Papadaki | person, or: Ministry of Economy | organisation. An ORCID or ROR address "
            "may follow after another |."
        ),
    )
    organisation = forms.ModelChoiceField(
        label=_("Your organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("none of these"),
        help_text=_("For which you deposit it; its page and the figures of use name it."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the document"),
        required=False,
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What its readers need to read. Empty: the language you write in."),
    )
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=lambda: platform_day().year + 1)
    funding = forms.CharField(label=_("Funding"), required=False, max_length=300)
    clusters = forms.TypedMultipleChoiceField(
        label=_("Clusters of the directory"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that took part and are in the directory; their pages show the project."),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=[(code, code) for code in LICENCES])
    for_members = forms.BooleanField(label=_("Once published, only members see it"), required=False)
    file = UploadField(label=_("File"), required=False)
    files_for = forms.ChoiceField(
        label=_("Who gets the files"), required=False, choices=Record.FilesFor.choices, widget=forms.RadioSelect
    )
    files_from = forms.DateField(
        label=_("Files are open from"),
        required=False,
        widget=DayInput(),
        help_text=_("Before that day only the record is seen, not its files."),
    )

    def __init__(self, *args, kind: str, record: Record | None = None, owners=None, **kwargs) -> None:
        """What a record never answered in a language it need not answer for another change. `owners` are the organisations
        its depositor acts for."""
        super().__init__(*args, **kwargs)
        self.kind, self.record, held = kind, record, record.details if record else None
        self.offer_owners(owners, record)
        language = self.data.get("language") or self.initial.get("language", "")
        for detail in details_of(kind):
            field = self.fields[f"detail_{detail.code}"] = field_of(detail)
            field.required = detail.required and (held is None or answered(detail, held, language))
        self.offer_clusters(record)
        self.order_fields(field.name for _heading, fields in self.sections() for field in fields)

    def offer_owners(self, owners, record: Record | None) -> None:
        """The single one is chosen for a new record; one that is named already stays among them."""
        own = list(owners.values_list("pk", flat=True)) if owners is not None else []
        held = record.organisation_id if record else None
        offered = Organisation.objects.filter(pk__in={*own, held} - {None}).order_by("sort_name")
        self.only = own[0] if len(own) == 1 and record is None else held
        self.fields["organisation"].queryset = offered
        self.fields["organisation"].initial = self.only
        if not own and held is None:
            del self.fields["organisation"]

    def offer_clusters(self, record: Record | None) -> None:
        """Those of the directory by country, and those that are named already."""
        choices = selectors.clusters_by_country(record) if names_clusters(self.kind) else []
        self.fields["clusters"].choices = choices
        if not choices:
            del self.fields["clusters"]

    def clean_organisation(self) -> Organisation | None:
        """Who was not asked has not chosen: the one to begin with."""
        chosen = self.cleaned_data["organisation"]
        if chosen is None and self.only and self.add_prefix("organisation") not in self.data:
            return self.fields["organisation"].queryset.get(pk=self.only)
        return chosen

    def sections(self) -> list[tuple[str, list]]:
        """Headings with their fields, what the kind asks coming second."""
        own = [self[f"detail_{detail.code}"] for detail in details_of(self.kind)]
        own += [self["clusters"]] if "clusters" in self.fields else []
        rows = [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.SECTIONS]
        told = [(_("About this kind"), own)] if own else []
        return [row for row in (rows[0], *told, *rows[1:]) if row[1]]

    def clean_concepts(self) -> list[str]:
        """Codes; what is none is told with the nearest keywords there are."""
        named, unknown = thesaurus.named(self.cleaned_data["concepts"].split(","))
        for text in unknown:
            near = ", ".join(thesaurus.nearest(text)) or "–"
            told = {"text": text, "near": near}
            raise forms.ValidationError(_("“%(text)s” is no keyword. Near it are: %(near)s."), params=told)
        return named

    def clean_creators(self) -> str:
        for one in creators_of(self.cleaned_data["creators"]):
            if wrong := wrong_in(one):
                raise forms.ValidationError(wrong)
            if len(one.name) > creators.LONGEST:
                raise forms.ValidationError(_("A name is too long."))
        return self.cleaned_data["creators"]

    def clean(self) -> dict:
        typed = super().clean()
        begins, ends, countries = typed.get("begins"), typed.get("ends"), typed.get("countries")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The end is before the beginning."))
        regions = [vocabulary.region(code) for code in typed.get("regions", ())]
        if countries and (strange := [region for region in regions if region and region.country_id not in countries]):
            names = ", ".join(str(region) for region in strange)
            self.add_error("regions", gettext("In another country: %(regions)s.") % {"regions": names})
        return typed

    def fields_of_record(self, record: Record | None = None) -> dict:
        """What services take; texts of a record in other languages are kept."""
        typed, code = self.cleaned_data, self.cleaned_data["language"]
        held = {name: getattr(record, name) if record else Text({}, source=code) for name in TEXTS}
        people = creators_of(typed["creators"])
        return {
            **{name: text.with_text(code, typed[name]).stored() for name, text in held.items()},
            **{name: typed[name] for name in PLAIN},
            "files_for": typed["files_for"] or Record.FilesFor.ALL,
            "kind": self.kind,
            "languages": sorted(typed["languages"]) or [code],
            "topics": [int(number) for number in typed["topics"]],
            "concepts": typed["concepts"],
            "countries": typed["countries"],
            "regions": typed["regions"],
            **{name: typed[name] for name in ("organisation", "clusters") if name in typed},
            "terms": {scheme: typed[scheme] for scheme in SCHEMES if typed[scheme]},
            **creators.fields_of(people),
            "details": self.details(record.details if record else {}, code),
        }

    def details(self, held: dict, code: str) -> dict:
        found = {}
        for detail in details_of(self.kind):
            value = self.cleaned_data[f"detail_{detail.code}"]
            if detail.is_text:
                value = {**held.get(detail.code, {}), code: value}
                value = dict(as_text(value))
            if value:
                found[detail.code] = value
        return found


PLAIN = ("year", "funding", "licence", "begins", "ends", "for_members", "files_from")
TEXTS = ("title", "summary", "description")


def answered(detail: Detail, held: dict, language: str) -> bool:
    return language in held.get(detail.code, {}) if detail.is_text else detail.code in held


def field_of(detail: Detail) -> forms.Field:
    told = {"label": detail.name, "help_text": detail.hint, "required": detail.required}
    if detail.scheme and detail.several:
        choices = partial(vocabulary.choices_by_topic, detail.scheme)
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    if detail.scheme:
        return forms.ChoiceField(choices=lambda: [("", "–"), *vocabulary.term_choices(detail.scheme)], **told)
    if detail.link:
        return forms.URLField(max_length=500, assume_scheme="https", **told)
    if detail.long:
        return forms.CharField(max_length=LONG, widget=area(4), **told)
    return forms.CharField(max_length=SHORT, **told)


def creators_of(text: str) -> list[creators.Creator]:
    return [one for one in map(creators.read, text.splitlines()) if one.name]


def wrong_in(one: creators.Creator) -> str:
    """In words, what of a creator cannot be; empty where nothing is wrong."""
    if one.unknown:
        told = gettext("“%(text)s” is neither “person” nor “organisation”, and no ORCID or ROR address.")
        return told % {"text": one.unknown[:80]}
    if one.identifier and not IDENTIFIER.fullmatch(one.identifier):
        return gettext("“%(text)s” is no ORCID or ROR address.") % {"text": one.identifier[:80]}
    if creators.contradicts(one):
        return gettext("“%(name)s”: an ORCID is of a person, a ROR address of an organisation.") % {
            "name": one.name[:80]
        }
    return ""


def initial_of(record: Record, code: str) -> dict:
    """What a form begins with to change a record's texts in one language."""
    by_scheme: dict[str, list[str]] = {}
    for term in record.terms.all():
        by_scheme.setdefault(term.scheme, []).append(term.code)
    people = [
        creators.written(name, record.natures.get(name, ""), record.identifiers.get(name, ""))
        for name in record.creators
    ]
    details = {
        f"detail_{detail.code}": value.get(code, "") if detail.is_text else value
        for detail in details_of(record.kind)
        if (value := record.details.get(detail.code))
    }
    return {
        "language": code,
        **{name: getattr(record, name).get(code, "") for name in TEXTS},
        **{name: getattr(record, name) for name in (*PLAIN, "files_for")},
        "topics": [str(topic.pk) for topic in record.topics.all()],
        "concepts": ", ".join(str(concept.label) for concept in record.concepts.all()),
        "countries": [country.pk for country in record.countries.all()],
        "regions": [region.code for region in record.regions.all()],
        "languages": record.languages,
        "organisation": record.organisation_id,
        "clusters": [one.pk for one in selectors.clusters_of(record)],
        "creators": "\n".join(people),
        **by_scheme,
        **details,
    }


class ReviseForm(RecordForm):
    """For what is published already: the next version says what has changed; the last one keeps its own files."""

    dropped = forms.MultipleChoiceField(
        label=_("Files this version no longer has"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("To replace a file, tick it here and choose the new one. Earlier versions keep theirs."),
    )
    note = forms.CharField(label=_("What has changed"), max_length=500, widget=area(2))
    SECTIONS = (*RecordForm.SECTIONS, (_("This version"), ("note",)))

    def __init__(self, *args, record: Record, **kwargs) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["dropped"].choices = [(str(attached.pk), attached.name) for attached in record.files.all()]
        if not self.fields["dropped"].choices:
            del self.fields["dropped"]


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
