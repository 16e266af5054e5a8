"""What people type in the steps of a benchmark. Texts are in the language a benchmark was first written in."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text, printable
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Area, Benchmark, DataVersion, PeerStudy
from ..presets import PRESET_NAMES
from ..selectors import sources


class WordsField(forms.CharField):
    """A text of the benchmark; `rows` for more than a line."""

    def __init__(self, *, rows: int = 0, **kwargs) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value) -> str:
        return printable(super().to_python(value))


def explained(found) -> list[tuple[str, str]]:
    """Each choice with what it means under it."""
    return [(one.code, format_html("{}<br><small>{}</small>", one.name, one.means)) for one in found.values()]


class MethodField(forms.ChoiceField):
    """One of the methods of a step, each with what it means."""

    def __init__(self, found, **kwargs) -> None:
        super().__init__(choices=lambda: explained(found), widget=forms.RadioSelect, **kwargs)


class BeginForm(forms.Form):
    group = forms.ModelChoiceField(label=_("Working group"), queryset=None, empty_label=None)
    title = WordsField(label=_("Title"), max_length=300)
    question = WordsField(
        label=_("Policy question"),
        rows=3,
        max_length=2000,
        help_text=_("What somebody wants to decide, as: Which regions like ours finance their clusters better?"),
    )
    preset = forms.ChoiceField(
        label=_("Begin with"), choices=list(PRESET_NAMES.items()), widget=forms.RadioSelect, initial="default"
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, groups, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = str(uuid4())
        self.fields["group"].queryset = groups

    @property
    def texts(self) -> dict:
        language = active_code()
        return {
            name: as_text({language: self.cleaned_data[name], "_source": language}) for name in ("title", "question")
        }


class CopyForm(forms.Form):
    group = forms.ModelChoiceField(label=_("Working group"), queryset=None, empty_label=None)
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, groups, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = str(uuid4())
        self.fields["group"].queryset = groups


class StepForm(UnchangedForm):
    """A step of a benchmark; `deeds()` are the fields `services.benchmarks.keep` takes."""

    texts: tuple[str, ...] = ()

    def __init__(self, *args, benchmark: Benchmark, **kwargs) -> None:
        self.benchmark = benchmark
        super().__init__(*args, initial={**self.begun(benchmark), **kwargs.pop("initial", {})}, **kwargs)

    def begun(self, benchmark: Benchmark) -> dict:
        return {name: getattr(benchmark, name).get(getattr(benchmark, name).source, "") for name in self.texts}

    def deeds(self) -> dict:
        return {name: self.with_others(name) for name in self.texts}

    def with_others(self, name: str):
        """What was typed beside the translations of what stood there."""
        held = getattr(self.benchmark, name)
        return held.with_text(held.source, self.cleaned_data[name])


class QuestionForm(StepForm):
    texts = ("title", "question")
    title = WordsField(label=_("Title"), max_length=300)
    question = WordsField(
        label=_("Policy question"),
        rows=4,
        max_length=2000,
        help_text=_("One sentence that ends with a question mark. Who asks, and what would change with the answer?"),
    )
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    years_back = forms.IntegerField(
        label=_("Years a figure may be older"),
        min_value=0,
        max_value=20,
        help_text=_("Where a region has no figure of the year, the newest within these years is taken, and marked."),
    )

    def begun(self, benchmark: Benchmark) -> dict:
        return {**super().begun(benchmark), "year": benchmark.year, "years_back": benchmark.years_back}

    def deeds(self) -> dict:
        return {**super().deeds(), **{name: self.cleaned_data[name] for name in ("year", "years_back")}}


class RegionsForm(StepForm):
    countries = forms.MultipleChoiceField(
        label=_("All regions of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = forms.MultipleChoiceField(label=_("Single regions"), required=False, widget=forms.CheckboxSelectMultiple)
    codes = WordsField(
        label=_("More codes"),
        rows=2,
        required=False,
        max_length=20_000,
        help_text=_("Countries or other territories by their code, with spaces between, as: AT SI HR"),
    )

    peer_study = forms.ModelChoiceField(
        label=_("Who is like whom: study of structural peers"),
        queryset=PeerStudy.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Regions are then read beside those that are like them in what policy cannot change."),
    )

    def __init__(self, *args, names: dict[str, str], studies, **kwargs) -> None:
        self.offered = sources.areas_by_country()
        super().__init__(*args, **kwargs)
        self.fields["peer_study"].queryset = studies
        self.fields["countries"].choices = [(code, names.get(code, code)) for code in self.offered]
        self.fields["areas"].choices = [
            (names.get(country, country), [(area.code, f"{area.name} ({area.code})") for area in areas])
            for country, areas in self.offered.items()
        ]

    def begun(self, benchmark: Benchmark) -> dict:
        codes = list(benchmark.areas.values_list("code", flat=True))
        known = {area.code for areas in self.offered.values() for area in areas}
        return {
            "areas": [code for code in codes if code in known],
            "codes": " ".join(code for code in codes if code not in known),
            "peer_study": benchmark.peer_study_id,
        }

    def clean_codes(self) -> str:
        typed = self.cleaned_data["codes"].replace(",", " ").upper().split()
        known = set(Area.objects.filter(code__in=typed).values_list("code", flat=True))
        if strange := [code for code in typed if code not in known]:
            raise ValidationError(_("These codes are not known: %(codes)s.") % {"codes": ", ".join(strange[:10])})
        return " ".join(typed)

    def chosen(self) -> set[str]:
        typed = self.cleaned_data
        whole = {area.code for country in typed["countries"] for area in self.offered[country]}
        return whole | set(typed["areas"]) | set(typed["codes"].split())


class SourcesForm(StepForm):
    """Offered are versions, each with what it holds; those chosen already have a place in the order."""

    versions = forms.ModelMultipleChoiceField(
        label=_("Data"), queryset=DataVersion.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, versions, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = versions
        self.fields["versions"].label_from_instance = version_words
        chosen = [version for version in versions if version.pk in self.initial["versions"]]
        for version in chosen if len(chosen) > 1 else ():
            self.fields[f"place_{version.pk}"] = forms.IntegerField(
                label=version_words(version), required=False, min_value=1, max_value=999
            )

    def begun(self, benchmark: Benchmark) -> dict:
        chosen = list(benchmark.sources.values_list("version", flat=True))
        return {"versions": chosen, **{f"place_{pk}": place for place, pk in enumerate(chosen, 1)}}

    def places(self) -> list[forms.BoundField]:
        """In the order that holds now."""
        named = [f"place_{pk}" for pk in self.initial["versions"]]
        return [self[name] for name in named if name in self.fields]

    def chosen(self) -> list[DataVersion]:
        """By their places, those without one after the others."""
        ticked = list(self.cleaned_data["versions"])
        return sorted(ticked, key=lambda one: self.cleaned_data.get(f"place_{one.pk}") or len(ticked) + 1000)


def version_words(version: DataVersion) -> str:
    told = _("%(title)s, version %(number)s (%(first)s–%(last)s)")
    years = {"first": version.first_year or "–", "last": version.last_year or "–"}
    return told % {"title": version.data_set.title, "number": version.number, **years}


class ReadingForm(StepForm):
    texts = ("reading",)
    reading = WordsField(
        label=_("How to read it, and what it does not say"),
        rows=8,
        required=False,
        max_length=5000,
        help_text=_(
            "What the figures cannot show, which comparisons would be unfair, who was heard. Everybody reads it."
        ),
    )
