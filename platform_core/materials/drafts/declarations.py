from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import PersonalData, Retention

from . import services

declarations = [
    Retention(code="drafts", name=_("What you typed and did not send"), days=180, purge=services.purge_drafts),
    PersonalData(
        label="drafts.draft",
        fields=("person", "fields"),
        holder="person",
        purpose=_("To keep what you type until you send it"),
        erasure="delete",
    ),
]
