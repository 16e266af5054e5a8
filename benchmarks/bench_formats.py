"""10,000 answers to the demonstration's questions as labelled CSV and as XLSX, beside the bare writers.

Processor time of one process: the same as seconds on a machine that does nothing else, and steadier on a busy one.
"""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.measuring import ROUNDS

SIZE = int(os.environ.get("RESPONSES", "10000"))
BUDGETS = {"csv": (3.0, ["csv, bare", "reading, bare"]), "xlsx": (2.0, ["xlsx, bare"])}
MOST_GROWN = 60  # MB


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        servers.ask("formats_run", SIZE, 0, environment=environment)
        spent = servers.ask("formats_run", SIZE, ROUNDS, environment=environment)
    print(f"\n{vendor}, {SIZE} responses, {spent['columns']} columns, {ROUNDS} rounds; {servers.machine()}")
    print(f"{'file':12} {'cpu s':>9} {'bare':>9} {'times':>7} {'budget':>7}")
    held = [line(name, spent, bare, budget) for name, (budget, bare) in BUDGETS.items()]
    grown = spent["grown"]
    print(f"memory grew by {grown:.1f} MB, budget {MOST_GROWN}: {'ok' if grown <= MOST_GROWN else 'MISSED'}")
    return all(held) and grown <= MOST_GROWN


def line(name: str, spent: dict, bare: list[str], budget: float) -> bool:
    floors = [sum(parts) for parts in zip(*(spent[part] for part in bare), strict=True)]
    times = median(own / floor for own, floor in zip(spent[name], floors, strict=True))
    print(f"{name:12} {median(spent[name]):9.3f} {median(floors):9.3f} {times:7.2f} {budget:7.1f}")
    return times <= budget


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
