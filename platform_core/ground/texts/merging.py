"""Two changes of one text joined line by line, as in Khanna, Kunal and Pierce, “A formal investigation of diff3” (2007)."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

LONG = 1_000  # lines from which the commonest ones are passed over, or they would be tried against each other


@dataclass(frozen=True)
class Merged:
    """`text` holds marks around what both changed differently where `conflicts` is not 0."""

    text: str
    conflicts: int


def merge(base: str, mine: str, theirs: str, *, my_name: str, their_name: str) -> Merged:
    old, own, other = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    found: list[str] = []
    conflicts = 0
    for kept, left, right in chunks(old, own, other):
        if left == right or right == kept:
            found += left
        elif left == kept:
            found += right
        else:
            conflicts += 1
            found += [f"<<<<<<< {my_name}\n", *ended(left), "=======\n", *ended(right), f">>>>>>> {their_name}\n"]
    return Merged("".join(found), conflicts)


def ended(lines: list[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def chunks(old: list[str], own: list[str], other: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Stretches of the three texts that belong together: the same in all, or changed in at least one."""
    place, left, right = 0, 0, 0
    for start, own_start, other_start in [*common(old, own, other), (len(old), len(own), len(other))]:
        if (place, left, right) != (start, own_start, other_start):
            yield old[place:start], own[left:own_start], other[right:other_start]
        if start < len(old):
            yield [old[start]], [own[own_start]], [other[other_start]]
        place, left, right = start + 1, own_start + 1, other_start + 1


def common(old: list[str], own: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Lines of the old text that both kept, with their places in each."""
    mine, theirs = matched(old, own), matched(old, other)
    return [(place, mine[place], theirs[place]) for place in sorted(mine.keys() & theirs.keys())]


def matched(old: list[str], new: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > LONG).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
