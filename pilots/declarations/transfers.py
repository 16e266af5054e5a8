from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import may_see
from platform_core.identity.accounts.models import User

from ..demonstration import transfers as demonstration
from ..models import Transfer
from ..permissions import transfers as permissions
from ..selectors import transfers as selectors


def told(event) -> list[int]:
    """Who kept it, who judged it and who spoke before; nobody of her own deed."""
    found = Transfer.objects.filter(pk=event.thing_id).first() if event.thing == selectors.LABEL else None
    if found is None:
        return []
    spoke = Comment.objects.filter(thing=selectors.LABEL, object_id=found.pk)
    people = {found.made_by_id, *found.judgements.values_list("judged_by", flat=True)}
    people |= set(spoke.values_list("author", flat=True))
    said = spoke.filter(pk=event.payload.get("comment")).first()
    judged = found.judgements.filter(pk=event.payload.get("judgement")).first()
    own = said.author_id if said else judged.judged_by_id if judged else None
    rows = User.objects.filter(pk__in=people - {None, own}).order_by("pk")
    return [one.pk for one in rows if may_see(one, found)]


def facts(event) -> tuple[dict, str]:
    found = Transfer.objects.select_related("record", "region").get(pk=event.thing_id)
    return {"record": str(found.record), "region": str(found.region)}, found.get_absolute_url()


def beside_record(request, record, **subject) -> dict | None:
    """On the page of a published practice."""
    return {"record": record} if record.kind == "good_practice" and record.state == "published" else None


about = teller(facts)
transfers = [
    *permissions.RIGHTS,
    Demonstration(order=88, load=demonstration.load),
    Thing(
        label=selectors.LABEL,
        name=_("Transfer assessment"),
        title=str,
        address=lambda transfer: transfer.get_absolute_url(),
        visible=selectors.transfers,
        route="pilots:transfer",
    ),
    EventKind(verb="pilots.transfer_kept", name=_("It was kept how a practice fits a region")),
    EventKind(verb="pilots.transfer_judged", name=_("An expert judged whether a practice would work in a region")),
    NoticeKind(
        code="pilots.transfer_discussed",
        name=_("Somebody wrote about a transfer you take part in"),
        verb="discussions.said",
        recipients=told,
        content=about(
            _("New comment: %(record)s in %(region)s"),
            _("Somebody wrote about whether “%(record)s” would work in %(region)s. Read and answer there."),
        ),
    ),
    NoticeKind(
        code="pilots.transfer_judged",
        name=_("An expert judged a transfer you take part in"),
        verb="pilots.transfer_judged",
        recipients=told,
        content=about(
            _("Judged: %(record)s in %(region)s"),
            _("An expert judged whether “%(record)s” would work in %(region)s. Read the reasons there."),
        ),
    ),
    MenuEntry(
        place="desk",
        name=_("Transfer assessments"),
        route="pilots:transfers",
        order=65,
        right="pilots.keep_transfer",
    ),
    Panel(place="record.main", order=20, template="pilots/panel_hold.html", context=beside_record),
    PersonalData(
        label=selectors.LABEL,
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who kept a transfer assessment"),
        erasure="unlink",
    ),
    PersonalData(
        label="pilots.judgement",
        fields=("verdict", "reasons", "judged_by"),
        holder="judged_by",
        purpose=_("To say which expert judged a transfer"),
        erasure="unlink",
    ),
]
