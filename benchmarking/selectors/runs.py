from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.keys import FULL
from platform_core.identity.access.selectors import holders, keys_of, visible
from platform_core.identity.accounts.models import User

from ..models import Benchmark, Run, RunApproval, RunArea, RunNode

RUN = "benchmarking.run"
APPROVERS = ("wg_leader", "wg_representative")
HEAVY = ("structure", "areas_asked", "inputs")


def runs(user) -> QuerySet[Run]:
    return visible(Run.objects.select_related("benchmark__group__topic", "peer_study"), user)


def runs_of(user, benchmark: Benchmark) -> QuerySet[Run]:
    """The newest first, without what only its own page reads."""
    return runs(user).filter(benchmark=benchmark).defer(*HEAVY).order_by("-number")


def run_for(user, code: str, number: int) -> Run:
    return get_object_or_404(runs(user), benchmark__code=code, number=number)


def shown_run(user, benchmark: Benchmark) -> Run | None:
    """The run a benchmark is read by: the published one, else the newest that is computed and this person may see."""
    rows = runs(user).filter(benchmark=benchmark, state=Run.State.DONE)
    return rows.filter(published_at__isnull=False).first() or rows.order_by("-number").first()


def shown_numbers(user, benchmarks: Iterable[Benchmark]) -> dict[int, int]:
    """Of many benchmarks the number of the run each is read by, with one question."""
    rows = visible(Run.objects.filter(benchmark__in=[one.pk for one in benchmarks], state=Run.State.DONE), user)
    told = rows.order_by("number").values_list("benchmark", "number", "published_at")
    newest = {pk: number for pk, number, _published_at in told}
    return newest | {pk: number for pk, number, published_at in reversed(told) if published_at}


def areas(run: Run) -> QuerySet[RunArea]:
    """By rank, those without one last; without the profile, which only the page of one area reads."""
    return run.areas.defer("profile").order_by("rank", "code")


def ranked(run: Run) -> QuerySet[RunArea]:
    return areas(run).filter(rank__isnull=False)


def left_out(run: Run) -> QuerySet[RunArea]:
    return areas(run).filter(rank__isnull=True)


def nodes(run: Run) -> list[RunNode]:
    return list(run.nodes.all())


def figures(run: Run, codes: Iterable[str]) -> dict[str, dict]:
    """Other results by their code."""
    return dict(run.results.filter(code__in=list(codes)).values_list("code", "figures"))


def under_way(benchmark: Benchmark) -> Run | None:
    return benchmark.runs.filter(state__in=(Run.State.WAITING, Run.State.RUNNING)).first()


def can_approve(benchmark: Benchmark, asker) -> QuerySet[User]:
    """Leader and representatives of the group, reviewers and the lead partner, if they decide for a full member.

    Nobody approves what she asks to be approved.
    """
    people = {pk for role in APPROVERS for pk in holders(role, benchmark.scope)}
    people |= set(holders("reviewer")) | set(holders("lead_partner"))
    rows = User.objects.filter(pk__in=people - {asker.pk}, is_active=True)
    return User.objects.filter(pk__in=[one.pk for one in rows if FULL in keys_of(one)]).order_by("name", "pk")


def approvals(benchmark: Benchmark) -> QuerySet[RunApproval]:
    """All that were asked for, the newest first."""
    return RunApproval.objects.filter(run__benchmark=benchmark).select_related("run", "person", "asked_by")


def standing(run: Run) -> str:
    """`approved`, `asked`, `changes`, or nothing, of exactly this run."""
    rows = run.approvals.filter(voided_at=None, sha256=run.sha256).exclude(answer=RunApproval.Answer.RELEASED)
    answers = list(rows.exclude(person=None, answer="").values_list("answer", flat=True))
    if not answers:
        return ""
    if "" in answers:
        return "asked"
    return "changes" if RunApproval.Answer.CHANGES in answers else "approved"


def approved_run(benchmark: Benchmark) -> Run | None:
    """The run somebody approved as it is who neither began the benchmark nor asked for the approval."""
    rows = RunApproval.objects.filter(
        run__benchmark=benchmark, voided_at=None, answer=RunApproval.Answer.APPROVE
    ).select_related("run")
    for one in rows:
        others = one.person_id not in (one.asked_by_id, benchmark.made_by_id)
        if others and one.sha256 == one.run.sha256 and standing(one.run) == "approved":
            return one.run
    return None
