"""What the repository costs in bulk: filing a table beside writing its rows, a whole harvest, the text of a long file."""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

RECORDS = int(os.environ.get("RECORDS", "20000"))
SHARE, TIMES, MEGABYTES, GROWTH = 1 / 3, 2.0, 500, 40


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("repository_run", RECORDS, environment=environment)
    print(f"\n{vendor}; {servers.machine()}")
    share = median(row["bare"] / row["product"] for row in found["import"])
    read, harvest = found["extraction"], found["harvest"]
    times = read["product"] / read["library"]
    held = [
        verdict(
            f"table to drafts: {share:.2f} of the rows per second of bare writing (budget {SHARE:.2f})", share >= SHARE
        ),
        verdict(
            f"text of {read['pages']} pages: {times:.2f} times the library's own {read['library']:.1f} s (budget {TIMES}), "
            f"{read['megabytes']:.0f} MB (budget {MEGABYTES})",
            times <= TIMES and read["megabytes"] <= MEGABYTES,
        ),
        verdict(
            f"harvest of {harvest['records']} records in {harvest['seconds']:.0f} s: {harvest['grown']:.0f} MB more after the "
            f"first tenth (budget {GROWTH})",
            harvest["grown"] <= GROWTH and harvest["records"] == harvest["expected"],
        ),
    ]
    return all(held)


def verdict(words: str, held: bool) -> bool:
    print(f"{words}: {'ok' if held else 'MISSED'}")
    return held


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
