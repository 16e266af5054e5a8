import re
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Output, Task, WorkingGroup
from ..selectors import tasks as selectors

NUMBERS = re.compile(r"#?(\d{1,9})")
WHOSE = [("", _("All")), ("mine", _("Mine")), ("ours", _("My organisation's")), ("nobody", _("Nobody's"))]
STATES = [("live", _("Not over")), ("late", _("Late")), *Task.State.choices, ("all", _("All"))]
SORTS = [("due", _("Due day")), ("title", _("Title")), ("owner", _("Owner")), ("changed", _("Last change"))]
MOST_AT_ONCE = 200


def outputs(group: WorkingGroup, **told) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Output"), queryset=Output.objects.filter(group=group), required=False, empty_label="–", **told
    )


class TaskFilter(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    period = forms.IntegerField(label=_("Period"), required=False, min_value=1, max_value=99)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, *args, group: WorkingGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["output"] = outputs(group)
        self.order_fields(["q", "whose", "state", "output", "period", "sort"])

    def chosen(self) -> dict:
        """What narrows the list; a filter that makes no sense narrows nothing."""
        self.full_clean()
        typed = {name: value for name, value in self.cleaned_data.items() if value}
        state = typed.pop("state", "live")
        typed["words"] = typed.pop("q", "").replace("\0", "")
        return typed | {"state": "" if state == "all" else state}


class TaskForm(UnchangedForm):
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Task.Kind.choices, widget=forms.RadioSelect, initial="task")
    owner = forms.ModelChoiceField(label=_("Who"), queryset=None, required=False, empty_label=_("Nobody yet"))
    organisation = forms.ModelChoiceField(
        label=_("Which organisation"),
        queryset=None,
        required=False,
        empty_label="–",
        help_text=_("Everybody who acts for it finds the task among her own."),
    )
    begins_on = DayField(label=_("Begins on"), required=False)
    due_on = DayField(label=_("Due on"), required=False)
    parent = forms.CharField(
        label=_("Part of"),
        required=False,
        max_length=20,
        help_text=_("Number of the task it is a part of, such as 12."),
    )
    waits_for = forms.CharField(
        label=_("Waits for"), required=False, max_length=300, help_text=_("Numbers of other tasks, such as 12, 15.")
    )
    period = forms.IntegerField(label=_("Period of the work plan"), required=False, min_value=1, max_value=99)
    text = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Headings with ##, lists with -, links as [text](address), tables with |."),
    )

    def __init__(self, *args, group: WorkingGroup, user, task: Task | None = None, **kwargs) -> None:
        begun = initial_of(task) if task else {"kind": "task"}
        super().__init__(*args, initial=begun | kwargs.pop("initial", {}), **kwargs)
        self.group, self.user = group, user
        self.initial["key"] = uuid4().hex
        self.fields["output"] = outputs(group)
        people, organisations = selectors.people_of(group), selectors.organisations_in(group)
        if task and task.owner_id:
            people |= people.model.objects.filter(pk=task.owner_id)
        if task and task.organisation_id:
            organisations |= organisations.model.objects.filter(pk=task.organisation_id)
        self.fields["owner"].queryset, self.fields["organisation"].queryset = people, organisations
        self.order_fields(["title", "kind", "owner", "organisation", "begins_on", "due_on", "output", "period"])

    def clean_parent(self) -> Task | None:
        found = self.named("parent")
        if len(found) > 1:
            raise forms.ValidationError(_("Please write one number."))
        return found[0] if found else None

    def clean_waits_for(self) -> list[Task]:
        return self.named("waits_for")

    def named(self, field: str) -> list[Task]:
        """The tasks of the group whose numbers were typed."""
        typed = self.cleaned_data[field]
        numbers = {int(number) for number in NUMBERS.findall(typed)}
        found = list(selectors.of_group(self.user, self.group).filter(pk__in=numbers))
        if lacking := numbers - {task.pk for task in found}:
            told = {"numbers": ", ".join(map(str, sorted(lacking)))}
            raise forms.ValidationError(_("There is no task of the group with this number: %(numbers)s."), params=told)
        if not numbers and typed.strip():
            raise forms.ValidationError(_("Please write the numbers of tasks."))
        return found

    def fields_of_task(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "key")}


def initial_of(task: Task) -> dict:
    names = ("title", "kind", "begins_on", "due_on", "period", "text")
    told = {name: getattr(task, name) for name in names}
    waits = ", ".join(str(pk) for pk in task.waits_for.order_by("pk").values_list("pk", flat=True))
    keys = {"owner": task.owner_id, "organisation": task.organisation_id, "output": task.output_id}
    return told | keys | {"waits_for": waits, "parent": str(task.parent_id or "")}


class BulkForm(forms.Form):
    """One thing to be said of several tasks; only what is filled in is changed."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", "–"), *Task.State.choices])
    owner = forms.ModelChoiceField(label=_("Who"), queryset=None, required=False, empty_label="–")
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args, group: WorkingGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = selectors.people_of(group)

    def clean(self) -> dict:
        typed = super().clean()
        if not self.errors and not any(typed.values()):
            raise forms.ValidationError(_("Please say what is to be changed."))
        return typed


def numbers_of(typed: list[str]) -> list[int]:
    """Keys that were ticked; what is none is left out, and what is beyond two hundred."""
    return [int(pk) for pk in typed if pk.isdecimal() and len(pk) < 10][:MOST_AT_ONCE]


class SayForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))
