import json

import pytest

from benchmarking.demonstration import excellence as demonstration, policy
from benchmarking.models import SelfAssessment
from benchmarking.selectors import excellence_groups as groups
from platform_core.ground.vocabulary.models import Term
from platform_core.people.members.models import Organisation
from tests.factories.policies import cluster, tell

pytestmark = pytest.mark.django_db


def rows() -> list[dict]:
    return json.loads((policy.FOLDER / "policy.json").read_text(encoding="utf-8"))["clusters"]


def test_enough_are_invented_to_compare_groups(grid):
    """Beside two that the demonstration of the directory brings along."""
    for code, sector, firms in (("holzkreis", "wood_furniture", 64), ("agrothermi", "agrofood", 38)):
        tell(cluster(code), *Term.objects.filter(code=sector), firms=firms)

    demonstration.load(rows())

    told = groups.compared(grid, "")
    numbers = {group.code: field.number for group, field in told.rows}
    assert numbers == {"all": 10, "sector-agrofood": 5, "sector-wood_furniture": 5, "size-0": 5, "size-1": 5}
    assert told.is_invented
    assert set(SelfAssessment.objects.values_list("is_demonstration", flat=True)) == {True}
    invented = Organisation.objects.filter(code__in=[row["organisation"] for row in rows() if "new" in row])
    assert [str(one.name)[-15:] for one in invented] == ["(demonstration)"] * 8
