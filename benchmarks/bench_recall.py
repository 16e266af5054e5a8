"""How many of sixty questions find their record among the first ten answers, beside thousands of records in eleven languages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import servers

LEAST = 0.95


def measure(vendor: str, records: int) -> bool:
    with servers.database(vendor) as environment:
        found = servers.ask("recall", records, environment=environment)
    print(f"\n{vendor}; {servers.machine()}; {found['entries']} entries written in {found['seconds']:.0f} s")
    share = 1 - len(found["lost"]) / found["questions"]
    print(
        f"recall at 10 of {found['questions']} questions: {share:.3f} (least {LEAST}): {'ok' if share >= LEAST else 'MISSED'}"
    )
    for words, language, code in found["lost"]:
        print(f"  {language}: {words} → {code}")
    return share >= LEAST


def main() -> int:
    asked = servers.arguments(__doc__)
    held = [measure(vendor, asked.records) for vendor in servers.vendors(asked)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
