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
    held = [TOLD[name](told) for name, told in found.items()]
    return all(held)


def imports(rows: list[dict]) -> bool:
    share = median(row["bare"] / row["product"] for row in rows)
    words = f"table to drafts: {share:.2f} of the rows per second of bare writing (budget {SHARE:.2f})"
    return verdict(words, share >= SHARE)


def extraction(read: dict) -> bool:
    times = read["product"] / read["library"]
    return verdict(
        f"text of {read['pages']} pages: {times:.2f} times the library's own {read['library']:.1f} s (budget {TIMES}), "
        f"{read['megabytes']:.0f} MB (budget {MEGABYTES})",
        times <= TIMES and read["megabytes"] <= MEGABYTES,
    )


def harvest(found: dict) -> bool:
    return verdict(
        f"harvest of {found['records']} records in {found['seconds']:.0f} s: {found['grown']:.0f} MB more after the "
        f"first tenth (budget {GROWTH})",
        found["grown"] <= GROWTH and found["records"] == found["expected"],
    )


def verdict(words: str, held: bool) -> bool:
    print(f"{words}: {'ok' if held else 'MISSED'}")
    return held


TOLD = {"import": imports, "extraction": extraction, "harvest": harvest}


def main() -> int:
    held = [measure(vendor) for vendor in servers.vendors(servers.arguments(__doc__))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
