from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import BenchmarkNode, Indicator
from .benchmarks import WordsField


def heads(nodes: list[BenchmarkNode]) -> list[tuple[int, str]]:
    """What something can stand below, indented as the tree is."""
    return [(node.pk, f"{'– ' * node.depth}{node.label}") for node in nodes if not node.indicator]


class ParentField(forms.TypedChoiceField):
    def __init__(self, nodes: list[BenchmarkNode], **kwargs) -> None:
        self.known = {node.pk: node for node in nodes}
        kwargs.setdefault("label", _("Below"))
        super().__init__(choices=heads(nodes), coerce=lambda typed: self.known[int(typed)], **kwargs)


class AggregateForm(forms.Form):
    name = WordsField(label=_("Name of the group"), max_length=200)

    def __init__(self, *args, nodes: list[BenchmarkNode], **kwargs) -> None:
        super().__init__(*args, prefix="group", **kwargs)
        self.fields["parent"] = ParentField(nodes)

    @property
    def name_written(self):
        return as_text({active_code(): self.cleaned_data["name"], "_source": active_code()})


class AddIndicatorsForm(forms.Form):
    indicators = forms.ModelMultipleChoiceField(
        label=_("Indicators"),
        queryset=Indicator.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one.")},
    )
    direction = forms.TypedChoiceField(
        label=_("What is better where the catalogue does not say"),
        choices=[("", _("All of them say it")), (1, _("More is better")), (-1, _("Less is better"))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, nodes: list[BenchmarkNode], indicators, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].queryset = indicators
        self.fields["parent"] = ParentField(nodes)


class NodeForm(UnchangedForm):
    """A place in the hierarchy: a group has a name of its own, an indicator a direction and a target."""

    name = WordsField(label=_("Name"), max_length=200)
    direction = forms.TypedChoiceField(
        label=_("What is better"),
        choices=[(1, _("More is better")), (-1, _("Less is better"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    target = forms.FloatField(
        label=_("Target"), required=False, help_text=_("Only needed where scores are distances to targets.")
    )
    lower = forms.FloatField(
        label=_("Lower goalpost"),
        required=False,
        help_text=_("Only needed where scores lie between goalposts. The lower figure, whichever is better."),
    )
    upper = forms.FloatField(label=_("Upper goalpost"), required=False)

    def __init__(self, *args, node: BenchmarkNode, nodes: list[BenchmarkNode], **kwargs) -> None:
        begun = {
            "name": node.name.get(node.name.source, ""),
            "direction": node.direction,
            **{name: getattr(node, name) for name in ("target", "lower", "upper")},
            "parent": node.parent_id,
        }
        super().__init__(*args, initial=begun, **kwargs)
        self.node = node
        for name in ("name",) if node.indicator else ("direction", "target", "lower", "upper"):
            del self.fields[name]
        if node.parent_id:
            self.fields["parent"] = ParentField(nodes)

    def clean(self) -> dict:
        typed = super().clean()
        lower, upper = typed.get("lower"), typed.get("upper")
        if (lower is None) != (upper is None) and not {"lower", "upper"} & set(self.errors):
            self.add_error("upper" if upper is None else "lower", gettext("Goalposts come in pairs."))
        elif lower is not None and upper is not None and lower >= upper:
            self.add_error("upper", gettext("This has to be above the lower goalpost."))
        return typed

    def deeds(self) -> dict:
        typed = {name: self.cleaned_data[name] for name in self.fields if name != "seen"}
        if "name" in typed:
            typed["name"] = self.node.name.with_text(self.node.name.source, typed["name"])
        return typed
