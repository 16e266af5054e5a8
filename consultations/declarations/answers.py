from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import PersonalData

# What hangs on a response is erased first: once that is unlinked, nothing leads from a person to it.
answers = [
    PersonalData(
        label="consultations.fileanswer",
        fields=("file", "name"),
        holder="response__person",
        purpose=_("To read what somebody handed in with her answers"),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.formeranswers",
        fields=("answers",),
        holder="response__person",
        purpose=_("To keep what was sent before somebody changed her answers"),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.response",
        fields=("person", "answers", "name"),
        holder="person",
        purpose=_(
            "To count what those who answered think; with a name only in consultations that say so, and then whoever decides "
            "for the group may take names along in files; e-mail addresses and other personal data asked for go when "
            "identifiers are deleted"
        ),
        erasure="unlink",
        clear=("name",),
    ),
    PersonalData(
        label="consultations.answerdraft",
        fields=("answers", "remark"),
        holder="",
        purpose=_("To let people answer in several sittings; deleted when sent or 30 days after closing"),
        erasure="delete",
    ),
    PersonalData(
        label="consultations.participation",
        fields=("person",),
        holder="person",
        purpose=_("To know who took part, apart from what was answered"),
        erasure="delete",
    ),
]
