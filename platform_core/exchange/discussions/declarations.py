from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, PersonalData

declarations = [
    EventKind(verb="discussions.said", name=_("Somebody wrote in the conversation")),
    PersonalData(
        label="discussions.comment",
        fields=("author", "text"),
        holder="author",
        purpose=_("To keep a conversation readable for those who took part"),
        erasure="anonymise",
    ),
]
