"""Recall of the sixty questions among 10,000 generated records; `python -m benchmarks.recall`, after `benchmarks.prepare`.

Prints the share of questions whose record is among the first ten answers, and those that are not.
"""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    from benchmarks.pairs import PAIRS, missed
    from benchmarks.shelving import shelve
    from platform_core.programme.search.models import SearchEntry

    shelve()
    lost = missed()
    print(
        f"records {SearchEntry.objects.count()}, recall at 10: {1 - len(lost) / len(PAIRS):.3f} of {len(PAIRS)} questions"
    )
    for words, language, code in lost:
        print(f"  {language}: {words} → {code}")


if __name__ == "__main__":
    sys.exit(main())
