"""The page of a trail of 300 links against a bare view that reads the same relations and things with two queries."""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

REQUESTS = int(os.environ.get("REQUESTS", "40"))
BUDGET = 5.0


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("trails_run", REQUESTS, environment=environment)
    print(f"\n{vendor}, 300 links, {REQUESTS} requests each; {servers.machine()}")
    print(f"{'':6} {'cpu ms':>8} {'bare':>8} {'times':>6} {'budget':>6} {'queries':>8} {'of 3':>6}")
    held = [line(name, spent) for name, spent in found.items()]
    return all(held)


def line(name: str, spent: dict) -> bool:
    own, bare = (1000 * median(spent[side]) for side in ("own", "bare"))
    held = own <= BUDGET * bare and spent["small"] == spent["large"]
    print(
        f"{name:6} {own:8.2f} {bare:8.2f} {own / bare:6.2f} {BUDGET:6.1f} {spent['large']:8} {spent['small']:6} "
        f"{'ok' if held else 'MISSED'}"
    )
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
