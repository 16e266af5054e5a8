import json

from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.services import load_grids
from platform_core.ground.registry.kinds import (
    AssessmentKind,
    EventKind,
    MenuEntry,
    NoticeKind,
    Outcome,
    Panel,
    PersonalData,
    Reaction,
    Reference,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of

from ..models import SelfAssessment
from ..permissions import excellence as permissions
from ..selectors import excellence as selectors
from ..services import excellence as services, excellence_groups as groups
from .policies import REFERENCE


def load_set() -> None:
    told = json.loads((REFERENCE / "excellence.json").read_text(encoding="utf-8"))
    load_grids(told["grids"])
    services.load_rules(told["rules"])


def title(found: SelfAssessment) -> str:
    return str(found.organisation.name)


def organisation_of(event) -> list[int]:
    """Everybody who acts for the organisation."""
    found = SelfAssessment.objects.filter(pk=event.thing_id).first()
    return sorted(people_of(f"org:{found.organisation_id}", platform_day())) if found else []


def looking_after(event) -> list[int]:
    return sorted(people_of("role:lead_partner", platform_day()))


def facts(event) -> tuple[dict, str]:
    found = SelfAssessment.objects.select_related("organisation").get(pk=event.thing_id)
    label = getattr(found, "label", None)
    words = {"title": title(found), "label": label.rule.name if label else "", "day": label.ends if label else ""}
    return words, found.get_absolute_url()


def of_organisation(request, organisation, **subject) -> dict | None:
    """A published label, for everybody; to the organisation itself, where it stands."""
    if organisation.kind != selectors.CLUSTERS:
        return None
    signed_in = request.user.is_authenticated
    is_own = signed_in and request.user.has_perm("benchmarking.assess_management", organisation)
    label = selectors.label_of(organisation)
    shown = label if label and (label.is_published or is_own) else None
    latest = selectors.of_organisation(request.user, organisation).first() if is_own else None
    return {"label": shown, "is_own": is_own, "latest": latest} if shown or is_own else None


about = teller(facts)
TOLD = [
    (
        "verified",
        "self_assessment_verified",
        _("The self-assessment of your organisation is verified"),
        _("Verified: %(title)s"),
        _(
            "The management of %(title)s was verified. Read what was found, and a recommendation for each indicator unmet."
        ),
    ),
    (
        "returned",
        "self_assessment_returned",
        _("The self-assessment of your organisation is returned"),
        _("To be completed: %(title)s"),
        _("The self-assessment of %(title)s is returned to you. Read there why."),
    ),
    (
        "label_given",
        "label_given",
        _("Your organisation has a label"),
        _("%(label)s: %(title)s"),
        _("%(title)s holds the label “%(label)s” until %(day)s. Nobody outside is told unless you publish it."),
    ),
    (
        "label_ending",
        "label_ending",
        _("The label of your organisation ends soon"),
        _("The label of %(title)s ends on %(day)s"),
        _("The label “%(label)s” of %(title)s ends on %(day)s. Begin a new self-assessment to renew it."),
    ),
    (
        "label_expired",
        "label_expired",
        _("The label of your organisation has expired"),
        _("Expired: the label of %(title)s"),
        _("The label “%(label)s” of %(title)s has expired and is shown no longer."),
    ),
    (
        "label_revoked",
        "label_revoked",
        _("The label of your organisation is revoked"),
        _("Revoked: the label of %(title)s"),
        _("The label “%(label)s” of %(title)s is revoked. Read there why."),
    ),
]
excellence = [
    *permissions.RIGHTS,
    Reference(order=81, load=load_set),
    Thing(
        label=selectors.LABEL,
        name=_("Self-assessment of a cluster organisation"),
        title=title,
        address=lambda found: found.get_absolute_url(),
        visible=selectors.self_assessments,
    ),
    AssessmentKind(
        code=selectors.KIND,
        name=_("Verification of cluster management"),
        grid=selectors.GRID,
        handler=lambda found: "role:lead_partner",
        evaluators=services.evaluators,
        interested=services.interested,
        outcomes=(
            Outcome(code="label", name=_("Give the label it carries"), allowed=services.carries_label),
            Outcome(code="none", name=_("Verified, without a label"), allowed=lambda found, picture: True),
        ),
        conclude=services.conclude,
        minimum=services.LEAST,
        evidence=services.evidence,
        asks_all=False,
    ),
    Reaction(
        code="benchmarking.share_with_verifiers",
        handle=services.share_with_verifiers,
        verbs=frozenset({"assessment.evaluator_asked", "assessment.stepped_back", "assessment.abandoned"}),
    ),
    Sweep(code="benchmarking.labels", perform=services.look_after_dates, minutes=60 * 6),
    Sweep(code="benchmarking.groups", perform=groups.renew, minutes=60),
    EventKind(verb="benchmarking.self_assessment_begun", name=_("A self-assessment was begun")),
    EventKind(verb="benchmarking.self_assessment_kept", name=_("A self-assessment was filled in")),
    EventKind(verb="benchmarking.self_assessment_submitted", name=_("A self-assessment was submitted")),
    EventKind(verb="benchmarking.self_assessment_returned", name=_("A self-assessment was returned")),
    EventKind(verb="benchmarking.verifiers_called", name=_("Verifiers of a self-assessment were called")),
    EventKind(verb="benchmarking.self_assessment_verified", name=_("A self-assessment was verified")),
    EventKind(verb="benchmarking.label_given", name=_("A label was given")),
    EventKind(verb="benchmarking.label_published", name=_("A label was published, or taken back")),
    EventKind(verb="benchmarking.label_revoked", name=_("A label was revoked")),
    EventKind(verb="benchmarking.label_ending", name=_("A label ends soon")),
    EventKind(verb="benchmarking.label_expired", name=_("A label has expired")),
    EventKind(verb="benchmarking.groups_compared", name=_("Groups of cluster organisations were compared anew")),
    NoticeKind(
        code="benchmarking.self_assessment_submitted",
        name=_("A self-assessment waits for verifiers"),
        verb="benchmarking.self_assessment_submitted",
        recipients=looking_after,
        content=about(
            _("To be verified: %(title)s"),
            _("%(title)s has assessed how it is managed. Please ask two verifiers, or return it with your reasons."),
        ),
    ),
    *(
        NoticeKind(
            code=f"benchmarking.{code}",
            name=name,
            verb=f"benchmarking.{verb}",
            recipients=organisation_of,
            content=about(subject, text),
        )
        for code, verb, name, subject, text in TOLD
    ),
    MenuEntry(
        place="desk",
        name=_("Cluster management"),
        route="benchmarking:excellence_desk",
        order=38,
        right="benchmarking.look_after_labels",
    ),
    Panel(place="organisation.main", order=20, template="benchmarking/panel_excellence.html", context=of_organisation),
    PersonalData(
        label=selectors.LABEL,
        fields=("made_by", "remark"),
        holder="made_by",
        purpose=_("To know who assessed a cluster organisation, so that she does not verify it"),
        erasure="unlink",
    ),
    PersonalData(
        label="benchmarking.selfscore",
        fields=("text", "link"),
        holder="",
        purpose=_("What a cluster organisation says of its own management; it is the organisation's"),
        erasure="keep",
    ),
    PersonalData(
        label="benchmarking.label",
        fields=("reason",),
        holder="",
        purpose=_("To say why a label was revoked"),
        erasure="keep",
    ),
]
