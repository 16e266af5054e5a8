"""The report of a peer review as a paper in the active language."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from benchmarking.readings.markdown import plain, table
from platform_core.ground.texts.wikitext import Part

from .models import PeerReview


def parts(review: PeerReview) -> list[Part]:
    """`review` as `selectors.reviews.whole` gives it."""
    return [
        Part(opening(review), ""),
        Part(str(review.background), _("Background")),
        Part("\n\n".join(f"- {plain(row.text)}" for row in review.findings.all()), _("Findings")),
        Part(table(head(), rows(review)), _("Recommendations")),
        Part(peers(review), _("Peers")),
        Part(agenda(review), _("Agenda")),
    ]


def strong(text) -> str:
    return f"**{plain(text)}**"


def opening(review: PeerReview) -> str:
    told = []
    if review.is_demonstration:
        told.append(strong(_("This peer review is demonstration content.")))
    told.append(strong(review.question))
    facts = {"host": review.host, "region": review.region}
    told.append(plain(_("Hosted by %(host)s, %(region)s.") % facts))
    told.append(str(review.summary))
    return "\n\n".join(told)


def head() -> list[str]:
    return [_("Recommendation"), _("Owner"), _("By"), _("State")]


def rows(review: PeerReview) -> list[list[str]]:
    return [
        [str(row.text), str(row.owner), date_format(row.due_on, "DATE_FORMAT"), str(row.get_state_display())]
        for row in review.recommendations.all()
    ]


def peers(review: PeerReview) -> str:
    """Organisations and their countries; people are not named in the file."""
    return "\n".join(f"- {plain(row.organisation)} ({plain(row.organisation.country)})" for row in review.peers.all())


def agenda(review: PeerReview) -> str:
    days = []
    for number, points in enumerate(review.agenda, start=1):
        lines = "\n".join(f"- {clock} {plain(text)}" for clock, text in points)
        day = strong(_("Day %(number)s") % {"number": number})
        days.append(f"{day}\n\n{lines}")
    return "\n\n".join(days)
