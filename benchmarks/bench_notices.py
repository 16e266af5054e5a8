"""5,000 notices and their mails, of one event or of many, against bare inserts of the same rows."""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

NOTICES = int(os.environ.get("NOTICES", "5000"))  # two for each person
BUDGET = 0.25
INFORMATION = "1 reader each"  # one transaction per notice, most of it the other reactions to the event


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("notices_run", NOTICES // 2, environment=environment)
    print(f"\n{vendor}, {NOTICES} notices; {servers.machine()}")
    print(f"{'':16} {'notices':>8} {'mails':>6} {'seconds':>8} {'bare':>8} {'ratio':>6} {'budget':>6}")
    held = [line(name, spent) for name, spent in found.items()]
    return all(held)


def line(name: str, spent: dict) -> bool:
    ratio = median(bare / own for own, bare in zip(spent["own"], spent["bare"], strict=True))
    budgeted = name != INFORMATION
    held, budget = ratio >= BUDGET or not budgeted, f"{BUDGET if budgeted else 0:6.2f}"
    print(
        f"{name:16} {spent['notices']:8} {spent['mails']:6} {median(spent['own']):8.3f} {median(spent['bare']):8.3f} "
        f"{ratio:6.2f} {budget} {'ok' if held else 'MISSED'}"
    )
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
