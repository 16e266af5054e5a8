"""The page of a region in a published benchmark against a bare view of the same rows; nothing of it is kept between requests."""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

REQUESTS = int(os.environ.get("REQUESTS", "60"))
TIMES, QUERIES = 4.0, 6


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("profile_run", REQUESTS, environment=environment)
    own, bare = (1000 * median(found["spent"][side]) for side in ("own", "bare"))
    asked = found["queries"]
    held = own <= TIMES * bare and asked["small"] == asked["large"] <= QUERIES
    print(f"\n{vendor}, {REQUESTS} requests each, {found['peers']} peers; {servers.machine()}")
    print(
        f"region beside its peers: {own:.2f} cpu ms, bare {bare:.2f}: {own / bare:.2f} times (budget {TIMES:.0f}), "
        f"{asked['large']} queries (budget {QUERIES}; {asked['small']} in a small run), {found['bytes'] / 1000:.0f} kB: "
        f"{'ok' if held else 'MISSED'}"
    )
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
