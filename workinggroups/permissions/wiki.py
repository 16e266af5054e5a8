from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .groups import GROUP, LEADERS, SEATED, commenting, scope, writing


def writers(page) -> set[str]:
    """Those who were invited to change it, and those who have joined where taking part means writing."""
    return writing(page) | {f"change:workinggroups.wikipage:{page.pk}"}


def commenters(page) -> set[str]:
    return writers(page) | commenting(page)


WIKI = [
    Right(
        code="workinggroups.add_wiki_page",
        name=_("Add pages to a wiki"),
        who=(*GROUP, "named"),
        scope=scope,
        named=writing,
    ),
    Right(code="workinggroups.view_wiki_page", name=_("See a page of a wiki"), who=("audience",)),
    Right(
        code="workinggroups.change_wiki_page",
        name=_("Change a page of a wiki, and read how it came about"),
        who=(*GROUP, "named"),
        scope=scope,
        named=writers,
    ),
    Right(
        code="workinggroups.mark_wiki_page",
        name=_("Say who sees a page of a wiki"),
        who=LEADERS,
        scope=scope,
    ),
    Right(
        code="workinggroups.trash_wiki_page",
        name=_("Put a page of a wiki into the trash, and take it out"),
        who=GROUP,
        scope=scope,
    ),
    Right(
        code="workinggroups.comment_wiki_page",
        name=_("Comment on a page of a wiki"),
        who=(*GROUP, "named"),
        scope=scope,
        named=commenters,
    ),
    Right(
        code="workinggroups.settle_wiki_comment",
        name=_("Settle a comment on a page of a wiki, or hide it"),
        who=SEATED,
        scope=scope,
    ),
]
