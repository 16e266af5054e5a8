from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import EventKind, PersonalData

VERBS = {
    "category_kept": _("A category of a forum was made or changed"),
    "thread_started": _("A thread was started"),
    "thread_renamed": _("A thread has another title"),
    "thread_opened_to": _("Who sees a thread was changed"),
    "thread_put": _("A thread was opened, locked, closed or pinned"),
    "thread_moved": _("A thread was moved"),
    "thread_split": _("Posts were split off a thread"),
    "thread_made": _("A thread was made of posts of another"),
    "answer_marked": _("A post was marked as the answer"),
    "posted": _("Somebody wrote in a thread"),
    "post_changed": _("A post was changed"),
    "post_deleted": _("A post was deleted by its author"),
    "post_translated": _("A post was translated"),
    "post_reported": _("A post was reported"),
    "reports_answered": _("Reports of a post were answered"),
    "post_hidden": _("A post was hidden"),
    "post_restored": _("A hidden post is shown again"),
    "objected": _("The author of a hidden post objected"),
    "objection_answered": _("An objection was answered"),
}
FORUM = [
    *(EventKind(verb=f"discussions.{verb}", name=name) for verb, name in VERBS.items()),
    PersonalData(
        label="discussions.thread",
        fields=("author", "title"),
        holder="author",
        purpose=_("To keep a conversation readable for those who took part"),
        erasure="anonymise",
    ),
    PersonalData(
        label="discussions.post",
        fields=("author", "text", "written_at"),
        holder="author",
        purpose=_("To keep a conversation readable for those who took part"),
        erasure="anonymise",
    ),
    PersonalData(
        label="discussions.postversion",
        fields=("author", "text", "made_at"),
        holder="author",
        purpose=_("To show what a post said before it was changed"),
        erasure="anonymise",
    ),
    PersonalData(
        label="discussions.posttranslation",
        fields=("author", "text"),
        holder="author",
        purpose=_("To let people read a post in their own language"),
        erasure="anonymise",
    ),
    PersonalData(
        label="discussions.reading",
        fields=("person", "post"),
        holder="person",
        purpose=_("To show you what you have not read yet"),
        erasure="delete",
    ),
    PersonalData(
        label="discussions.mention",
        fields=("person",),
        holder="person",
        purpose=_("To tell you that somebody called you"),
        erasure="delete",
    ),
    PersonalData(
        label="discussions.report",
        fields=("reporter", "reason", "answer"),
        holder="reporter",
        purpose=_("To answer whoever reported a post"),
        erasure="anonymise",
    ),
    PersonalData(
        label="discussions.hiding",
        fields=("author", "hidden_by", "why", "objection", "answer"),
        holder="author",
        purpose=_("To keep the reasons why a post was hidden, and what its author said to them"),
        erasure="anonymise",
    ),
]
