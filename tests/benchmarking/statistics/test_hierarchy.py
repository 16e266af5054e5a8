import pandas as pd
import pytest

from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError

from . import asem, small

TREE = Hierarchy.read(small.metadata())


def test_nodes_stand_in_order():
    assert TREE.codes == ["a", "b", "c", "d", "one", "two", "index"]
    assert TREE.children == {"one": ["a", "b"], "two": ["c", "d"], "index": ["one", "two"]}
    assert TREE.leaves == {"one": ["a", "b"], "two": ["c", "d"], "index": ["a", "b", "c", "d"]}
    assert (TREE.root, TREE.depth, TREE.directions.tolist()) == ("index", 3, [1.0, -1.0, 1.0, 1.0])


def test_the_order_of_rows_decides_only_that_of_indicators():
    turned = Hierarchy.read(small.metadata().iloc[::-1])

    assert turned.codes == ["d", "c", "b", "a", "one", "two", "index"]


def test_only_codes_and_parents_are_needed():
    rows = pd.DataFrame({"iCode": ["a", "b", "p", "i"], "Parent": ["p", "i", "i", ""]})
    tree = Hierarchy.read(rows)

    assert tree.table["Level"].to_dict() == {"a": 1, "b": 1, "p": 2, "i": 3}
    assert tree.children == {"p": ["a"], "i": ["b", "p"]}
    assert tree.weights.tolist() == [1.0] * 4


def test_rows_that_are_no_nodes_are_left_out():
    others = pd.DataFrame({"iCode": ["area", "region", "note"], "Type": ["Denominator", "Group", "Other"]})
    rows = pd.concat([small.metadata(), others], ignore_index=True)

    assert Hierarchy.read(rows).codes == TREE.codes
    assert Hierarchy.read(rows.drop(columns="Type")).codes == TREE.codes


def test_without_type_and_level_whatever_stands_alone_is_no_node():
    rows = pd.DataFrame({"iCode": ["a", "i", "area"], "Parent": ["i", "", ""]})

    assert Hierarchy.read(rows).codes == ["a", "i"]


def test_directions_of_aggregates_and_the_weight_of_the_index_may_be_empty():
    empty = small.metadata()
    empty.loc[4:, "Direction"] = None
    empty.loc[6, "Weight"] = None

    assert Hierarchy.read(empty).weights.tolist() == TREE.weights.tolist()


@asem.needs_asem
def test_a_real_one():
    tree = Hierarchy.read(asem.metadata())

    assert (len(tree.indicators), len(tree.aggregates), tree.depth, tree.root) == (49, 11, 4, "Index")
    assert [len(tree.children[node]) for node in tree.aggregates] == [5, 5, 6, 8, 8, 3, 9, 5, 5, 3, 2]


@pytest.mark.parametrize(
    ("columns", "code", "place"),
    [
        ({"Parent": {"b": "nowhere"}}, "unknown_parent", {"row": 1, "column": "Parent", "value": "nowhere"}),
        ({"Parent": {"index": "one"}, "Level": {"one": 4}}, "circular", {"row": 0, "column": "Parent", "value": ""}),
        ({"Parent": {"one": "two", "two": "one"}}, "circular", {"row": 0, "column": "Parent", "value": "one"}),
        ({"Parent": {"two": ""}}, "several_tops", {"row": 6, "column": "Parent", "value": "two, index"}),
        ({"Parent": {"a": "b"}}, "children_of_indicator", {"row": 1, "column": "iCode", "value": "b"}),
        ({"Parent": {"c": "one", "d": "one"}}, "no_children", {"row": 5, "column": "iCode", "value": "two"}),
        ({"Level": {"one": 3}}, "parent_not_above", {"row": 4, "column": "Parent", "value": "index"}),
        ({"Level": {"a": 1.5}}, "level", {"row": 0, "column": "Level", "value": 1.5}),
        ({"Level": {"a": "low"}}, "level", {"row": 0, "column": "Level", "value": "low"}),
        ({"Direction": {"d": 0}}, "direction", {"row": 3, "column": "Direction", "value": 0.0}),
        ({"Weight": {"d": "much"}}, "no_number", {"row": 3, "column": "Weight", "value": "much"}),
        ({"Weight": {"c": -1}}, "negative_weight", {"row": 2, "column": "Weight", "value": -1.0}),
        ({"Type": {"c": "Indikator"}}, "unknown_type", {"row": 2, "column": "Type", "value": "Indikator"}),
        ({"iCode": {"c": "a"}}, "duplicate_code", {"row": 2, "column": "iCode", "value": "a"}),
        ({"iCode": {"c": " "}}, "empty_code", {"row": 2, "column": "iCode", "value": ""}),
    ],
)
def test_a_row_that_does_not_fit_is_told(columns, code, place):
    with pytest.raises(StatisticsError) as found:
        Hierarchy.read(small.metadata(**columns))

    assert (found.value.code, found.value.place) == (code, {"table": "metadata", **place})


@pytest.mark.parametrize("column", ["iCode", "Parent"])
def test_a_missing_column_is_told(column):
    with pytest.raises(StatisticsError) as found:
        Hierarchy.read(small.metadata().drop(columns=column))

    assert (found.value.code, found.value.place) == ("missing_column", {"table": "metadata", "column": column})


def test_elements_can_be_taken_out():
    assert TREE.without(["one"]).codes == ["c", "d", "two", "index"]
    assert TREE.without(["c", "d"]).codes == ["a", "b", "one", "index"]


def test_not_everything_can_be_taken_out():
    with pytest.raises(StatisticsError) as found:
        TREE.without(["a", "b", "two"])

    assert found.value.code == "nothing_left"


def test_effective_weights_of_indicators_sum_to_one():
    weights = TREE.weights.copy()
    weights[["a", "one", "two"]] = [9.0, 0.0, 5.0]

    assert TREE.effective(weights).to_dict() == {"a": 0, "b": 0, "c": 0.5, "d": 0.5, "one": 0, "two": 1, "index": 1}


def test_an_indicator_needs_its_direction_where_there_is_a_column():
    empty = small.metadata()
    empty.loc[3, "Direction"] = None
    with pytest.raises(StatisticsError) as found:
        Hierarchy.read(empty)

    assert found.value.place == {"table": "metadata", "row": 3, "column": "Direction", "value": ""}
