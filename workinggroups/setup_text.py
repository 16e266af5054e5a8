"""The set-up document of a group, written from the result of a call; Markdown, the source of every format."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.ui.moments import moment_words
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.selectors import acting_for

from . import composition
from .models import Call, Candidate, Expression
from .selectors import calls as selectors
from .selectors.groups import ROLES

WIDE = str.maketrans({"|": "\\|", "\n": " ", "\r": " "})


def cell(value: object) -> str:
    return str(value).translate(WIDE)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    names = [cell(one) for one in head]
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(cell(one) for one in row)} |" for row in rows]
    return "\n".join(lines)


def text(call: Call) -> str:
    parts = [
        (_("The group"), group(call)),
        (_("Procedure"), procedure(call)),
        (_("Evaluation and ranking"), ranking(call)),
        (_("Composition"), people(call)),
        (_("Reserve list"), reserve(call)),
        (_("Reasons"), call.reason),
        (_("What this document was written from"), receipts(call)),
    ]
    return "\n\n".join(f"## {heading}\n\n{body}" for heading, body in parts if body)


def group(call: Call) -> str:
    number = _("Working group %(number)s") % {"number": call.group_id}
    return f"**{number}: {call.group.topic.name}**\n\n{call.group.summary}".strip()


def procedure(call: Call) -> str:
    rows = call.expressions.exclude(state=Expression.State.WITHDRAWN)
    seats = _("%(organisations)s organisations, %(experts)s experts") % {
        "organisations": call.representatives,
        "experts": call.experts,
    }
    facts = [
        (_("Call"), call.title),
        (_("Opened"), moment_words(call.opened_at, call.zone)),
        (_("Closed"), moment_words(call.closes_at, call.zone)),
        (_("Extended"), call.extensions),
        (_("Seats sought"), seats),
        (_("Conditions"), "; ".join(condition(one) for one in call.conditions.all())),
        (_("Expressions of interest"), rows.count()),
        (_("Not eligible"), rows.filter(state=Expression.State.INELIGIBLE).count()),
        (_("Evaluators"), call.evaluators.count()),
        (_("Concluded"), moment_words(call.ended_at, call.zone)),
    ]
    return table((_("Step"), _("Fact")), facts)


def condition(one) -> str:
    return f"{one.get_kind_display()}: {selectors.condition_words(one)}"


def ranking(call: Call) -> str:
    rows = call.expressions.filter(state=Expression.State.DECIDED).select_related("organisation__country")
    head = (_("Rank"), _("Organisation"), _("Country"), _("Score"), _("Outcome"), _("Reasons"))
    return table(
        head,
        [
            (
                one.rank or "–",
                one.organisation,
                one.organisation.country,
                "–" if one.score is None else one.score,
                one.get_outcome_display(),
                one.reason,
            )
            for one in rows.order_by("rank", "organisation__sort_name")
        ],
    )


def people(call: Call) -> str:
    """Who sits there already, whom a seat is offered, and how the group stands to its rule."""
    held = RoleAssignment.objects.on(call.ended_at.date()).filter(scope=call.scope, role__in=ROLES)
    seats = sorted(held.select_related("person"), key=lambda one: (ROLES.index(one.role), one.pk))
    act_for = acting_for([one.person_id for one in seats])
    rows = [
        (vocabulary.term_name("role", one.role), one.person, act_for.get(one.person_id, "–"), term(one), _("sits"))
        for one in seats
    ]
    new = chosen(call, "accept").exclude(seat=Candidate.Seat.TAKEN)
    rows += [(one.get_role_display(), one, one.expression.organisation, term_of(call), _("offered")) for one in new]
    chosen_by = chosen(call, "accept").exclude(seat=Candidate.Seat.TAKEN)
    organisations = chosen_by.filter(role="wg_representative").values_list("expression__organisation", flat=True)
    rule = composition.proposed(call.group, organisations, chosen_by.filter(role="wg_expert").count())
    verdicts = {True: _("met"), False: _("not met")}
    told = [f"- {one.words}: {verdicts[bool(one.met)]}" for one in rule]
    listed = table((_("Seat"), _("Person"), _("Organisation"), _("Time"), _("State")), rows)
    heading = _("The rule of composition:")
    return f"{listed}\n\n{heading}\n\n" + "\n".join(told)


def chosen(call: Call, decision: str):
    rows = Candidate.objects.filter(expression__call=call, decision=decision).exclude(consent="declined")
    named = Prefetch("competences")
    return rows.select_related("expression__organisation").prefetch_related(named).order_by("role", "pk")


def term(held: RoleAssignment) -> str:
    ends = date_format(held.ends, "DATE_FORMAT") if held.ends else _("open")
    return f"{date_format(held.begins, 'DATE_FORMAT')} – {ends}"


def term_of(call: Call) -> str:
    begins = date_format(call.seats_begin, "DATE_FORMAT") if call.seats_begin else _("when it is taken")
    ends = date_format(call.seats_end, "DATE_FORMAT") if call.seats_end else _("open")
    return f"{begins} – {ends}"


def reserve(call: Call) -> str:
    rows = [
        (one.expression.rank or "–", one, one.expression.organisation, one.get_role_display())
        for one in chosen(call, "reserve")
    ]
    return table((_("Rank"), _("Person"), _("Organisation"), _("Seat")), rows) if rows else ""


def receipts(call: Call) -> str:
    """The fingerprints of what was sent, by which each organisation recognises its own."""
    rows = call.expressions.exclude(state=Expression.State.WITHDRAWN).select_related("organisation")
    return table(
        (_("Organisation"), _("Edition"), "SHA-256"),
        [(one.organisation, one.edition, one.fingerprint) for one in rows.order_by("organisation__sort_name")],
    )


def sealed(seal: str) -> str:
    return _("SHA-256 of the text above: %(seal)s") % {"seal": f"`{seal}`"}
