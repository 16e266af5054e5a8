"""Bringing a million observations, against pandas reading the file and a bare bulk insert of the same rows.

`store` is the job that reads the file, checks it, recodes its areas and keeps it as a version; `look` the one before it that
shows what is in the file. Both are told; both together have to be at least a third as fast as the floor. On SQLite it is
processor time, steadier on a busy machine; on PostgreSQL, where the server works too, seconds.
"""

import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers
from benchmarks.measuring import ROUNDS

OBSERVATIONS = int(os.environ.get("OBSERVATIONS", "1000000"))
BUDGET = 1 / 3


def measure(vendor: str) -> bool:
    with servers.database(vendor) as environment:
        spent = servers.ask("import_run", OBSERVATIONS, ROUNDS, environment=environment)
    print(f"\n{vendor}, {OBSERVATIONS} observations, {ROUNDS} rounds; {servers.machine()}")
    for name, seconds in spent.items():
        print(f"{name:8} {median(seconds):8.2f} s")
    rounds = list(zip(*(spent[name] for name in ("look", "store", "pandas", "insert")), strict=True))
    stored = median((pandas + insert) / store for _look, store, pandas, insert in rounds)
    together = median((pandas + insert) / (look + store) for look, store, pandas, insert in rounds)
    held = together >= BUDGET
    print(f"store {stored:.2f} of the floor's speed; look and store {together:.2f}, budget {BUDGET:.2f}: ", end="")
    print("ok" if held else "MISSED")
    return held


def main() -> int:
    vendors = servers.vendors(servers.arguments(__doc__))
    held = [measure(vendor) for vendor in vendors]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
