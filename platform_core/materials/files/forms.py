from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from .sniffing import TYPES, media_type
from .uploads import OversizedFile


class UploadField(forms.FileField):
    """A file of a known kind within the size limit; its `media_type` is told by its content."""

    widget = forms.ClearableFileInput(attrs={"accept": ",".join(sorted(TYPES))})

    def to_python(self, data):
        limit = settings.FILE_SIZE_LIMIT
        if data not in self.empty_values and (isinstance(data, OversizedFile) or data.size > limit):
            raise ValidationError(
                _("The file has %(size)s; at most %(limit)s can be kept."),
                params={"size": filesizeformat(data.size), "limit": filesizeformat(limit)},
            )
        file = super().to_python(data)
        if file is not None:
            file.name = PurePath(file.name).name[:120]
            file.media_type = media_type(file, file.name)
        return file
