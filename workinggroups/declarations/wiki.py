from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    EventKind,
    PersonalData,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)

from ..models import WikiPage
from ..selectors import wiki as selectors
from ..services import wiki as services

SUMMARY = 300


def search_document(pk: int) -> SearchDocument | None:
    page = WikiPage.objects.filter(pk=pk, trashed_on=None).first()
    if page is None:
        return None
    code = page.language
    return SearchDocument(
        title={code: page.title, "_source": code},
        summary={code: page.text[:SUMMARY], "_source": code},
        body={code: page.text},
        route="workinggroups:wiki_number",
        key=str(page.pk),
        day=page.changed_at.date(),
        facets={"topic": [str(page.group_id)], "language": [code]},
    )


VERBS = {
    "wiki_page_added": _("A page was added to a wiki"),
    "wiki_page_changed": _("A page of a wiki has a new revision"),
    "wiki_page_moved": _("A page of a wiki was moved"),
    "wiki_page_marked": _("Who sees a page of a wiki was changed"),
    "wiki_page_trashed": _("A page of a wiki was put into the trash"),
    "wiki_page_taken_back": _("A page of a wiki was taken out of the trash"),
    "wiki_page_destroyed": _("A page of a wiki was destroyed"),
    "wiki_file_added": _("A file was added to a page of a wiki"),
    "wiki_file_removed": _("A file was taken from a page of a wiki"),
}
WIKI = [
    Thing(
        label=selectors.LABEL,
        invitable=True,
        invite_right="workinggroups.mark_wiki_page",
        invite_to_change=True,
        name=_("Wiki page"),
        title=lambda page: page.title,
        address=lambda page: page.get_absolute_url(),
        visible=selectors.pages,
        route="workinggroups:wiki_number",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Wiki pages"),
        document=search_document,
        every=lambda: WikiPage.objects.filter(trashed_on=None).values_list("pk", flat=True),
        order=36,
    ),
    Sweep(code="workinggroups.empty_wiki_trash", perform=services.empty_trash, minutes=60),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    PersonalData(
        label="workinggroups.wikipage",
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who began a page of a wiki"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.wikirevision",
        fields=("author", "note"),
        holder="author",
        purpose=_("To know who changed what in a wiki"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.wikifile",
        fields=("brought_by", "name"),
        holder="brought_by",
        purpose=_("To know who brought a picture to a wiki"),
        erasure="unlink",
    ),
]
