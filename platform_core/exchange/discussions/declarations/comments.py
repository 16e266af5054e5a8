from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, PersonalData

COMMENTS = [
    EventKind(verb="discussions.said", name=_("Somebody wrote in the conversation")),
    EventKind(verb="discussions.round_opened", name=_("Comments were asked for")),
    EventKind(verb="discussions.round_closed", name=_("A round of comments was closed with a summary")),
    EventKind(verb="discussions.settled", name=_("A comment was settled, or opened again")),
    EventKind(verb="discussions.hidden", name=_("A comment was hidden")),
    PersonalData(
        label="discussions.round",
        fields=("opened_by",),
        holder="opened_by",
        purpose=_("To know who asked for comments"),
        erasure="unlink",
    ),
    PersonalData(
        label="discussions.comment",
        fields=("author", "text", "settled_by"),
        holder="author",
        purpose=_("To keep a conversation readable for those who took part"),
        erasure="anonymise",
    ),
]
