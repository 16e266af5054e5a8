import re
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import language_choices
from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User
from platform_core.materials.files.forms import UploadField

from ..models import Document, Folder
from ..selectors.documents import places_for
from .fields import Described

MOST_FILES = 50
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(UploadField):
    """One or more files, each of a known kind and within the limit; what is wrong names the file."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        brought = data if isinstance(data, list | tuple) else [data] if data else []
        if len(brought) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files at once, please."), params={"most": MOST_FILES})
        found, problems = [], []
        for file in brought:
            try:
                found.append(super().clean(file, initial))
            except forms.ValidationError as error:
                name = getattr(file, "name", "")
                problems += [f"{name}: {message}" if name else message for message in error.messages]
        if problems:
            raise forms.ValidationError(problems)
        return found


class BringForm(forms.Form):
    files = FilesField(
        label=_("Files"), help_text=_("A file with the name of a document here becomes its next version.")
    )
    language = forms.ChoiceField(label=_("Language of the files"), choices=language_choices)

    uploads = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_uploads(self) -> list[str]:
        found = self.cleaned_data["uploads"].split()
        if len(found) > MOST_FILES or not all(UUID.fullmatch(pk) for pk in found):
            raise forms.ValidationError(_("Please choose the files again."))
        return found

    def clean(self) -> dict:
        typed = super().clean()
        if not typed.get("files") and not typed.get("uploads") and not self.errors:
            self.add_error("files", _("Please choose at least one file."))
        return typed


class PageForm(Described):
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)
    text = forms.CharField(
        label=_("Text"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Headings with ##, lists with -, links as [text](address), tables with |."),
    )


class ChangeForm(Described):
    """The next version: another file or another text, or only another title. `base` is the version it was made from."""

    base = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    file = UploadField(label=_("The changed file"), required=False, help_text=_("Empty: the file stays as it is."))
    text = forms.CharField(label=_("Text"), max_length=200_000, strip=False, widget=forms.Textarea(attrs={"rows": 18}))
    note = forms.CharField(label=_("What has changed"), max_length=500, required=False)
    major = forms.BooleanField(label=_("A major version"), required=False)
    caught_up = forms.BooleanField(label=_("It says what the original says now"), required=False)

    def __init__(self, *args, document: Document, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["file" if document.is_page else "text"]
        if document.translation_of_id is None:
            del self.fields["caught_up"]


class TranslateForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    file = UploadField(label=_("File"))
    text = forms.CharField(label=_("Text"), max_length=200_000, strip=False, widget=forms.Textarea(attrs={"rows": 18}))

    def __init__(self, *args, document: Document, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["file" if document.is_page else "text"]


class MarkForm(forms.Form):
    marking = forms.ChoiceField(label=_("Who sees it"), choices=Document.Marking.choices, widget=forms.RadioSelect)
    folder = forms.ModelChoiceField(
        label=_("Folder"), queryset=Folder.objects.none(), required=False, empty_label=_("None: at the top")
    )

    def __init__(self, *args, document: Document, **kwargs) -> None:
        super().__init__(*args, initial={"marking": document.marking, "folder": document.folder_id}, **kwargs)
        self.fields["folder"].queryset = document.group.folders.all()


class FolderForm(forms.Form):
    name = forms.CharField(label=_("Name of the folder"), max_length=120)


class FolderChangeForm(FolderForm):
    parent = forms.ModelChoiceField(
        label=_("Lies in"), queryset=Folder.objects.none(), required=False, empty_label=_("None: at the top")
    )

    def __init__(self, *args, folder: Folder, **kwargs) -> None:
        super().__init__(*args, initial={"name": folder.name, "parent": folder.parent_id}, **kwargs)
        self.fields["parent"].queryset = places_for(folder)


class ReviewForm(forms.Form):
    people = forms.ModelMultipleChoiceField(label=_("Whom you ask"), queryset=None, widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label=_("Answers until"))

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, initial={"due_on": platform_day() + timedelta(days=14)}, **kwargs)
        self.fields["people"].queryset = people


class PublishForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of record"))
    summary = forms.CharField(
        label=_("Summary"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences a busy official can read."),
    )
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=lambda: platform_day().year + 1)
    people = forms.ModelMultipleChoiceField(
        label=_("Authors named on the record"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Everybody who sees the record reads these names. Ask them first, and leave out who does not want it."
        ),
    )

    def __init__(
        self, *args, document: Document, choices: list[tuple[str, str]], writers: list[User], **kwargs
    ) -> None:
        """A record that is there keeps its kind, and the authors it names."""
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        people.queryset = User.objects.filter(pk__in=[person.pk for person in writers]).order_by("name", "pk")
        held = set(document.record.creators) if document.record else {str(person) for person in writers}
        people.initial = [person.pk for person in writers if str(person) in held]
        self.fields["kind"].choices = choices
        if document.record_id:
            del self.fields["kind"]
