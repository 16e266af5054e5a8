import pytest

from benchmarking.demonstration import studies as demonstration
from benchmarking.demonstration.figures import BRANCHES
from benchmarking.models import ClusterMap, DataSet, Indicator, PeerStudy

pytestmark = pytest.mark.django_db


def test_it_is_labelled_published_and_loaded_once(people):
    first, second = demonstration.load(), demonstration.load()

    assert (bool(first), second) == (True, "")
    for model in (PeerStudy, ClusterMap):
        made = model.objects.get()
        assert (made.is_demonstration, made.is_published, made.rows.exists()) == (True, True, True)
    assert set(Indicator.objects.filter(code__startswith="demo-").values_list("is_demonstration", flat=True)) == {True}


def test_indicators_say_their_licence_and_what_they_are_divided_by(people):
    demonstration.load()
    told = Indicator.objects.filter(code__startswith="demo-")
    divided = dict(told.exclude(denominator=None).values_list("code", "denominator__code"))

    assert set(told.values_list("licence", flat=True)) == {"EUPL-1.2"}
    assert divided == {f"demo-value-{code}": f"demo-jobs-{code}" for code in BRANCHES}


def test_what_is_there_is_left_alone(people):
    DataSet.objects.create(code=demonstration.DATA, group_id=4, title={"en": "Mine"})

    assert demonstration.load() == ""
    assert PeerStudy.objects.count() == 0
