"""Statistics of 100,000, 10,000 and 1,000 responses to the demonstration's questions, against bare array operations.

Every question is crossed by all profile questions, with 2,000 replications where they are needed. All pairs of questions
and the search for equal texts are told apart.

Processor time of one process: the same as seconds on a machine that does nothing else, and steadier on a busy one.
"""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.measuring import ROUNDS

SIZES = tuple(int(size) for size in os.environ.get("RESPONSES", "100000,10000,1000").split(","))
BUDGET = 4.0
APART = {"all pairs": ["all pairs, bare"], "equal ticks": [], "equal texts": []}
LINES = {
    "reading": ["reading, bare"],
    "frames": ["frames, bare"],
    "summarise": ["coding, bare", "counting, bare"],
}


def measure(vendor: str, size: int) -> bool:
    with servers.database(vendor) as environment:
        spent = servers.ask("statistics_run", size, ROUNDS, environment=environment)
    print(f"\n{vendor}, {size} responses, {ROUNDS} rounds; {servers.machine()}")
    print(f"{'step':12} {'cpu s':>9} {'bare':>9} {'times':>7}")
    for name, bare in LINES.items():
        print_line(name, spent, [name], bare)
    for name, bare in APART.items():
        print_line(name, spent, [name], bare)
    print_line("together", spent, list(LINES), [name for bare in LINES.values() for name in bare])
    counting = median(own / bare for own, bare in zip(spent["summarise"], spent["counting, bare"], strict=True))
    print(f"summarise is {counting:.1f} times the counting alone, of codes that are numbers already")
    seconds, times = together(spent, list(LINES)), times_bare(spent, ["summarise"], LINES["summarise"])
    held = times <= BUDGET
    print(
        f"summarise {times:.1f} times bare, budget {BUDGET}: {'ok' if held else 'MISSED'}; together {seconds:.2f} cpu s"
    )
    return held


def print_line(name: str, spent: dict, own: list[str], bare: list[str]) -> None:
    floor = f"{together(spent, bare):9.4f} {times_bare(spent, own, bare):7.2f}" if bare else f"{'-':>9} {'-':>7}"
    print(f"{name:12} {together(spent, own):9.4f} {floor}")


def together(spent: dict, names: list[str]) -> float:
    return median(map(sum, zip(*(spent[name] for name in names), strict=True)))


def times_bare(spent: dict, own: list[str], bare: list[str]) -> float:
    """The median over the rounds of what the product took, as a multiple of the bare operations."""
    rounds = zip(*(spent[name] for name in own), strict=True), zip(*(spent[name] for name in bare), strict=True)
    return median(sum(mine) / sum(least) for mine, least in zip(*rounds, strict=True))


def main() -> int:
    vendors = servers.vendors(servers.arguments(__doc__))
    held = [measure(vendor, size) for vendor in vendors for size in SIZES]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
