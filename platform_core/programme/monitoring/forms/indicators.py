from uuid import uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.forms import DayField
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Organisation

from ..models import Indicator
from ..selectors import evidence, indicators as selectors


class ProgrammeFilter(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    period = forms.ChoiceField(label=_("Due by the end of"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("All kinds")), *Indicator.Kind.choices]
        periods = [(row.code, evidence.period_name(row.code)) for row in selectors.periods()]
        self.fields["period"].choices = [("", gettext("Any period")), *periods]


class PeriodsForm(UnchangedForm):
    """The first and the last day of every period."""

    def __init__(self, *args, **kwargs) -> None:
        self.periods = list(selectors.periods())
        held = {f"begins_{row.code}": row.begins for row in self.periods}
        held |= {f"ends_{row.code}": row.ends for row in self.periods}
        super().__init__(*args, initial=held, **kwargs)
        for row in self.periods:
            words = {"number": row.code}
            first, last = gettext("Period %(number)s: first day"), gettext("Period %(number)s: last day")
            self.fields[f"begins_{row.code}"] = DayField(label=first % words, required=False)
            self.fields[f"ends_{row.code}"] = DayField(label=last % words, required=False)

    @property
    def days(self) -> dict:
        typed = self.cleaned_data
        return {row.code: (typed[f"begins_{row.code}"], typed[f"ends_{row.code}"]) for row in self.periods}


class NewIndicatorForm(forms.Form):
    """A promise beside those of the concept papers, written in the reader's language."""

    texts = ("name", "definition", "unit")

    kind = forms.ChoiceField(label=_("Kind"), choices=Indicator.Kind.choices)
    code = forms.SlugField(label=_("Code"), max_length=12, help_text=_("Short, for tables and addresses, like o15."))
    name = forms.CharField(label=_("Name"), max_length=300)
    definition = forms.CharField(label=_("Definition"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    unit = forms.CharField(label=_("Unit"), max_length=80)
    rule = forms.ChoiceField(
        label=_("What counts"),
        required=False,
        help_text=_("Values are counted by the platform. What it cannot count is handed in with a file and approved."),
    )
    target = forms.IntegerField(label=_("Target"), required=False, min_value=0, max_value=1_000_000)
    baseline = forms.IntegerField(label=_("Baseline"), min_value=0, max_value=1_000_000, initial=0)
    period = forms.ModelChoiceField(
        label=_("Due by the end of period"), queryset=selectors.periods(), required=False, empty_label=_("no period")
    )
    owner = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=Organisation.objects.none(), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        counted = sorted((str(rule.name), code) for code, rule in evidence.rules().items())
        by_hand = ("", gettext("Only what is handed in and approved"))
        self.fields["rule"].choices = [by_hand, *((code, name) for name, code in counted)]
        self.fields["owner"].queryset = selectors.full_members()

    @property
    def typed(self) -> dict:
        language = active_code()
        written = {name: as_text({language: self.cleaned_data[name], "_source": language}) for name in self.texts}
        return {**self.cleaned_data, **written}


class IndicatorForm(UnchangedForm):
    """What is promised; the value is counted and stands in no form."""

    target = forms.IntegerField(label=_("Target"), required=False, min_value=0, max_value=1_000_000)
    baseline = forms.IntegerField(
        label=_("Baseline"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("How many there were before the programme; they are not counted."),
    )
    period = forms.ModelChoiceField(
        label=_("Due by the end of period"), queryset=selectors.periods(), required=False, empty_label=_("no period")
    )
    owner = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=Organisation.objects.none(), required=False, empty_label=_("nobody")
    )
    partner_target = forms.IntegerField(
        label=_("Target of each full member"), required=False, min_value=0, max_value=1_000_000
    )

    def __init__(self, *args, indicator: Indicator, **kwargs) -> None:
        self.partners = list(selectors.full_members())
        own = selectors.targets_of([indicator]).get(indicator.pk, {})
        names = ("target", "baseline", "partner_target")
        held = {name: getattr(indicator, name) for name in names}
        held |= {"period": indicator.period_id, "owner": indicator.owner_id}
        held |= {f"partner_{one.pk}": own.get(one.pk) for one in self.partners}
        super().__init__(*args, initial=held, **kwargs)
        self.fields["owner"].queryset = selectors.full_members()
        label = gettext("Target of %(name)s, where it is another")
        for one in self.partners:
            words = label % {"name": one.name}
            self.fields[f"partner_{one.pk}"] = forms.IntegerField(
                label=words, required=False, min_value=0, max_value=1_000_000
            )

    @property
    def typed(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("target", "baseline", "period", "owner", "partner_target")}

    @property
    def own_targets(self) -> dict[int, int | None]:
        return {one.pk: self.cleaned_data[f"partner_{one.pk}"] for one in self.partners}


def form_key() -> str:
    return str(uuid4())
