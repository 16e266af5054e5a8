"""Which groups can be told of, so that nothing can be worked out of fewer than a number of members.

Sums of groups that overlap can be taken from one another. What can be worked out from them at all are sums over the members
that belong to the same of these groups, so each of these sets has to be large enough or empty, the rest of all included. That
holds over time as well: a member whose figures have changed since is another member.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set


def signatures(groups: Sequence[Set[Hashable]], everybody: Iterable[Hashable]) -> Counter[tuple[bool, ...]]:
    """How many belong to exactly the same groups."""
    return Counter(tuple(one in group for group in groups) for one in everybody)


def is_safe(groups: Sequence[Set[Hashable]], everybody: Iterable[Hashable], least: int) -> bool:
    return all(number >= least for number in signatures(groups, everybody).values())


def tellable(
    groups: Mapping[str, Set[Hashable]],
    everybody: Set[Hashable],
    least: int,
    before: Sequence[Set[Hashable]] = (),
) -> list[str] | None:
    """The largest first, in the order given where they are as large; all together always goes before.

    `before` are the groups that were told of earlier, whose members need not be there any more: what is told now is taken
    from those too. None where not even all together can be told of.
    """
    ever, told = set(everybody).union(*before), [*before, everybody]
    if len(everybody) < least or not is_safe(told, ever, least):
        return None
    found: list[str] = []
    for key in sorted(groups, key=lambda key: -len(groups[key])):
        if len(groups[key]) >= least and is_safe([*told, *(groups[one] for one in [*found, key])], ever, least):
            found.append(key)
    return [key for key in groups if key in found]
