"""Pages of a large working group for its leader against bare views, and the comparison of two long papers."""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

REQUESTS = int(os.environ.get("REQUESTS", "40"))
PAGE, COMPARISON = 4.0, 2.0
INFORMATION = "…"  # against a floor that leaves out all but one kind of the rows shown


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("groups_run", REQUESTS, environment=environment)
    print(f"\n{vendor}, {REQUESTS} requests each, {found['checked']} rows asked again; {servers.machine()}")
    print(f"{'page':16} {'cpu ms':>8} {'bare':>8} {'times':>6} {'budget':>6} {'queries':>8} {'small':>6}")
    held = [line(name, spent) for name, spent in found["pages"].items()]
    return compared(found["compare"]) and all(held)


def line(name: str, spent: dict) -> bool:
    own, bare = (1000 * median(spent[side]) for side in ("own", "bare"))
    held = (own <= PAGE * bare or name.startswith(INFORMATION)) and spent["small"] == spent["large"]
    print(
        f"{name:16} {own:8.2f} {bare:8.2f} {own / bare:6.2f} {0 if name.startswith(INFORMATION) else PAGE:6.1f} {spent['large']:8} {spent['small']:6} "
        f"{'ok' if held else 'MISSED'}"
    )
    return held


def compared(spent: dict) -> bool:
    own, bare, here = (1000 * median(spent[side]) for side in ("own", "bare", "bare here"))
    held = own <= COMPARISON * bare
    print(
        f"comparison of two papers of 100 pages, {spent['characters']} characters, {spent['changes']} changes: {own:.0f} cpu ms, "
        f"reading both {bare:.0f} ({here:.0f} without the child process): {own / bare:.2f} times "
        f"(budget {COMPARISON}): {'ok' if held else 'MISSED'}"
    )
    print("notices and mails: bench_notices.py")
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
