from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import PersonalData

declarations = [
    PersonalData(
        label="drafts.draft",
        fields=("person", "fields"),
        holder="person",
        purpose=_("To keep what you type until you send it"),
        erasure="delete",
    ),
]
