"""What rights cost: 2,000 people, 300 organisations, 50,000 objects with mixed audiences; and what sealing the log costs."""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

OBJECTS = int(os.environ.get("OBJECTS", "50000"))
EVENTS = int(os.environ.get("EVENTS", "3200"))
LINES = [
    ("list", "list, no rights asked", 1.5),
    ("filtered list", "filtered list, no rights asked", 1.5),
    ("who sees", "bare view", 10.0),
    ("rights", "bare view", 10.0),
]
SEALING = 0.8


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        spent = servers.ask("rights_run", OBJECTS, EVENTS, environment=environment)
    print(f"\n{vendor}, {OBJECTS} objects; {servers.machine()}")
    print(f"{'page':15} {'cpu ms':>8} {'against':>8} {'times':>6} {'budget':>6}")
    held = [line(spent, *names) for names in LINES]
    sealed, unsealed = spent["sealed per second"], spent["unsealed per second"]
    share = sealed / unsealed
    print(
        f"16 writers: {sealed:.0f} events/s with the sealer beside them, {unsealed:.0f} without: {share:.2f} "
        f"(budget {SEALING}): {'ok' if share >= SEALING else 'MISSED'}"
    )
    return all(held) and share >= SEALING


def line(spent: dict, name: str, bare: str, budget: float) -> bool:
    own, least = (1000 * median(spent[one]) for one in (name, bare))
    held = own / least <= budget
    print(f"{name:15} {own:8.2f} {least:8.2f} {own / least:6.2f} {budget:6.1f} {'ok' if held else 'MISSED'}")
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
