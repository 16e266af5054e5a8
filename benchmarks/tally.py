"""Counts, after the load, what of the answers sent is really in the database; prints JSON. `responses`: of whole submissions."""

import json
import sys

import django


def main() -> None:
    django.setup()
    from benchmarks.floors import MARK
    from consultations.models import AnswerDraft
    from platform_core.identity.access.selectors import hash_secret

    rows = dict(AnswerDraft.objects.exclude(secret_hash__startswith=MARK).values_list("secret_hash", "answers"))
    held = [rows[hash_secret(str(place))].get("public_share") for place in range(len(rows))]
    kept = sum(share == place % 101 for place, share in enumerate(held))
    inserted = AnswerDraft.objects.filter(secret_hash__startswith=MARK).count()
    print(json.dumps({"kept": kept, "inserted": inserted, "links": len(rows)}))


def responses() -> None:
    """`members` holds the number of the submission."""
    django.setup()
    from consultations.models import Response

    members = list(Response.objects.filter(state="counted").values_list("answers__members", flat=True))
    print(json.dumps({"responses": len(members), "different": len(set(members))}))


if __name__ == "__main__":
    responses() if "responses" in sys.argv else main()
