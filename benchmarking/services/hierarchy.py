"""The tree of a benchmark: aggregates, and indicators below them."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.names import free_code
from platform_core.materials.languages.services import note_translations

from ..choices import MOST_LEVELS
from ..models import Benchmark, BenchmarkNode, Indicator
from .benchmarks import changed, held

MOST_INDICATORS = 200


def depth(node: BenchmarkNode | None) -> int:
    found = 0
    while node is not None:
        node, found = node.parent, found + 1
    return found


def check_parent(parent: BenchmarkNode, node: BenchmarkNode | None = None) -> None:
    """An aggregate of the same tree, not below the node itself, and not too deep."""
    if parent.indicator:
        raise ValidationError({"parent": _("Nothing can stand below an indicator.")})
    above: BenchmarkNode | None = parent
    while above is not None:
        if node is not None and above.pk == node.pk:
            raise ValidationError({"parent": _("It cannot stand below itself.")})
        above = above.parent
    if depth(parent) + height(node) >= MOST_LEVELS:
        raise ValidationError({"parent": _("At most %(n)s levels are possible.") % {"n": MOST_LEVELS}})


def own(benchmark: Benchmark, parent: BenchmarkNode) -> BenchmarkNode:
    """A place of this very benchmark, as it stands now."""
    found = benchmark.nodes.filter(pk=parent.pk).first()
    if found is None:
        raise ValidationError({"parent": _("This place is not there any more.")})
    return found


def height(node: BenchmarkNode | None) -> int:
    """How many levels hang below a node."""
    if node is None:
        return 0
    return max((1 + height(child) for child in node.children.all()), default=0)


@transaction.atomic
def add_aggregate(benchmark: Benchmark, name, parent: BenchmarkNode, *, by) -> BenchmarkNode:
    benchmark = held(benchmark, by)
    parent = own(benchmark, parent)
    check_parent(parent)
    taken = set(benchmark.nodes.values_list("code", flat=True))
    taken |= set(Indicator.objects.values_list("code", flat=True))
    node = BenchmarkNode(benchmark=benchmark, parent=parent, name=name, order=benchmark.nodes.count())
    node.code = free_code(node.name.localise("en").text[:40], lambda stem: taken)
    node.full_clean()
    node.save()
    note_translations(node)
    changed(benchmark, by=by, step="indicators", fields=["nodes"])
    return node


@transaction.atomic
def add_indicators(
    benchmark: Benchmark, indicators: Collection[Indicator], parent: BenchmarkNode, *, by, direction: int | None = None
) -> list[BenchmarkNode]:
    """Each once in a benchmark; one that is there already stays where it is. `direction`: what is better in those of which
    the catalogue does not say."""
    benchmark = held(benchmark, by)
    parent = own(benchmark, parent)
    check_parent(parent)
    there = set(benchmark.nodes.exclude(indicator="").values_list("indicator", flat=True))
    wanted = [indicator for indicator in indicators if indicator.code not in there]
    if len(there) + len(wanted) > MOST_INDICATORS:
        raise ValidationError({"indicators": _("At most %(n)s indicators are possible.") % {"n": MOST_INDICATORS}})
    check_ranking(wanted, direction)
    first = benchmark.nodes.count()
    made = BenchmarkNode.objects.bulk_create(
        BenchmarkNode(
            benchmark=benchmark,
            parent=parent,
            code=indicator.code,
            indicator=indicator.code,
            direction=indicator.direction or direction,
            order=first + number,
        )
        for number, indicator in enumerate(wanted)
    )
    if made:
        changed(benchmark, by=by, step="indicators", fields=["nodes"])
    return made


def check_ranking(indicators: Collection[Indicator], direction: int | None) -> None:
    """Only what is better or worse ranks anybody."""
    structural = [str(one.name) for one in indicators if one.role == Indicator.Role.STRUCTURAL]
    if structural:
        told = _("These tell what a region is like and rank nobody: %(names)s. They belong to studies of peers.")
        raise ValidationError({"indicators": told % {"names": ", ".join(structural[:10])}})
    open_ones = [str(one.name) for one in indicators if not one.direction]
    if open_ones and direction not in (-1, 1):
        told = _("The catalogue does not say what is better in %(names)s. Please say it here.")
        raise ValidationError({"direction": told % {"names": ", ".join(open_ones[:10])}})


@transaction.atomic
def change_node(node: BenchmarkNode, *, by, **fields) -> BenchmarkNode:
    """Name, parent, direction, target or place in the order."""
    benchmark = held(node.benchmark, by)
    node = BenchmarkNode.objects.select_related("parent").get(pk=node.pk)
    if fields.get("parent") is not None and fields["parent"] != node.parent:
        if node.parent is None:
            raise ValidationError({"parent": _("The index itself stands below nothing.")})
        fields["parent"] = own(benchmark, fields["parent"])
        check_parent(fields["parent"], node)
    different = [name for name, value in fields.items() if getattr(node, name) != value]
    for name in different:
        setattr(node, name, fields[name])
    node.full_clean()
    if different:
        node.save(update_fields=different)
        note_translations(node)
        changed(benchmark, by=by, step="indicators", fields=["nodes"])
    return node


@transaction.atomic
def drop_node(node: BenchmarkNode, *, by) -> None:
    """With everything below it; the index itself stays."""
    benchmark = held(node.benchmark, by)
    if node.parent_id is None:
        raise ValidationError(_("The index itself cannot be removed."))
    node.delete()
    changed(benchmark, by=by, step="indicators", fields=["nodes"])


@transaction.atomic
def move_node(node: BenchmarkNode, *, up: bool, by) -> None:
    """One place up or down among those beside it."""
    benchmark = held(node.benchmark, by)
    beside = list(BenchmarkNode.objects.filter(benchmark=benchmark, parent=node.parent_id))
    place = next(number for number, one in enumerate(beside) if one.pk == node.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(beside):
        return
    beside[place], beside[other] = beside[other], beside[place]
    for number, one in enumerate(beside):
        one.order = number
    BenchmarkNode.objects.bulk_update(beside, ["order"])
    changed(benchmark, by=by, step="indicators", fields=["nodes"])


@transaction.atomic
def set_weights(benchmark: Benchmark, weights: Mapping[int, float], *, by) -> Benchmark:
    benchmark = held(benchmark, by)
    nodes = [node for node in benchmark.nodes.all() if node.pk in weights and node.weight != weights[node.pk]]
    for node in nodes:
        node.weight = weights[node.pk]
        node.full_clean()
    if nodes:
        BenchmarkNode.objects.bulk_update(nodes, ["weight"])
        changed(benchmark, by=by, step="weights", fields=["nodes"])
    return benchmark
