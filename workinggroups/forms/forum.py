from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Category, Thread
from platform_core.exchange.discussions.selectors.threads import called
from platform_core.ground.texts.codes import language_choices

from ..models import WorkingGroup
from .documents import FilesField

LONGEST = 20_000


class PostForm(forms.Form):
    """`names` are those whom the post can call, with their keys."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Lists with -, quotes with >, links as [text](address). @Name calls somebody of the group."),
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)
    files = FilesField(label=_("Files"), required=False)
    told = forms.TypedMultipleChoiceField(
        label=_("Call these people"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, names: dict[str, int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["told"].choices = [(pk, name) for name, pk in names.items()]
        if not names:
            del self.fields["told"]

    def calls(self) -> list[str]:
        """Whom the text as typed calls by @name, and who is chosen."""
        by_name = called((self["text"].value() or "")[:LONGEST], self.names)
        chosen = {str(pk) for pk in self["told"].value() or ()} if self.names else set()
        return [name for name, pk in self.names.items() if pk in by_name or str(pk) in chosen]


class ThreadForm(PostForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none(), required=False)
    field_order = ("title", "category", "text", "language", "files", "told")

    def __init__(self, *args, categories, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories
        if not categories:
            del self.fields["category"]


class ChangeForm(forms.Form):
    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)
    files = FilesField(label=_("Further files"), required=False)
    without = forms.TypedMultipleChoiceField(
        label=_("Files to take away"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, held: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["without"].choices = held
        if not held:
            del self.fields["without"]


class TranslationForm(forms.Form):
    """`base` is the number of the translation in the language `shown` that the form began with, 0 for none."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    shown = forms.ChoiceField(choices=language_choices, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    text = forms.CharField(label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))

    def clean(self) -> dict:
        typed = super().clean()
        if typed.pop("shown", None) != typed.get("language"):
            typed["base"] = 0
        return typed


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ObjectionForm(forms.Form):
    text = forms.CharField(label=_("Why it should be shown"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ModerationForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=300, required=False)


class CategoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(label=_("What belongs here"), max_length=300, required=False)
    place = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0)
    archived = forms.BooleanField(label=_("Archived: nothing new is put here"), required=False)


class MoveForm(forms.Form):
    """To a category of any group whose forum the person looks after."""

    group = forms.ModelChoiceField(label=_("Working group"), queryset=WorkingGroup.objects.none(), empty_label=None)
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args, groups, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        forums = [group.scope for group in groups]
        self.fields["group"].queryset = WorkingGroup.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["category"].queryset = Category.objects.filter(forum__in=forums, archived_on=None)
        self.fields["category"].label_from_instance = lambda one: f"{one.forum.partition(':')[2]}: {one.name}"


class SplitForm(forms.Form):
    title = forms.CharField(label=_("Title of the new thread"), max_length=200)
    posts = forms.TypedMultipleChoiceField(
        label=_("Posts that go there"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, posts, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = posts


class OpennessForm(forms.Form):
    openness = forms.ChoiceField(label=_("Who sees it"), choices=Thread.Openness.choices, widget=forms.RadioSelect)


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
