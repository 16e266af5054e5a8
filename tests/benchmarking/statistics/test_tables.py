import numpy as np
import pytest

from benchmarking.statistics.tables import Asked, TableError, read


def test_a_wide_table():
    table = read(b"id,name,size,age\nAT1,Wien,1,2\nBG1,Sofia,3,:\n")

    assert (table.layout, table.names, list(table.values)) == ("wide", {"AT1": "Wien", "BG1": "Sofia"}, ["size", "age"])
    assert table.values.fillna(-1).to_numpy().tolist() == [[1, 2], [3, -1]]


def test_a_tidy_table_of_the_newest_year():
    table = read(b"geo,nace_r2,time,emp1000\nAT,A,2015,1\nAT,A,2016,2\nBG,A,2016,3 b\nAT,B,2016,\n")

    assert (table.layout, table.year, table.years) == ("tidy", "2016", ("2015", "2016"))
    assert table.values.fillna(-1).to_dict() == {"A": {"AT": 2, "BG": 3}, "B": {"AT": -1, "BG": -1}}


def test_a_counter_of_rows_is_no_variable():
    table = read(b"region,id,size\n1,AT1,5\n2,BG1,6\n")

    assert list(table.values.index) == ["AT1", "BG1"]
    assert list(table.values) == ["size"]


def test_semicolons_and_decimal_commas():
    assert read(b"id;size\nAT1;1,5\nBG1;1 200,25\n").values["size"].tolist() == [1.5, 1200.25]


def test_rows_are_kept_by_their_column():
    content = b"geo,nace,unit,value\nAT,A,THS,1\nAT,A,PC,9\n"

    assert read(content, Asked(where={"unit": "PC"})).values.loc["AT", "A"] == 9


def test_a_figure_that_is_there_but_missing_is_missing():
    assert np.isnan(read(b"id,size\nAT1,:\nBG1,2\n").values.loc["AT1", "size"])


@pytest.mark.parametrize(
    ("content", "asked", "told"),
    [
        (b"", Asked(), "The file is empty."),
        (b"id|size", Asked(), "The file has a header and no rows."),
        (b"id size\nAT1 5\n", Asked(), "one column only"),
        (b"id,size,size\nAT1,1,2\n", Asked(), "Two columns are called size"),
        (b"PK\x03\x04\0\0", Asked(), "This is no text file"),
        (b"place,size\nAT1,5\n", Asked(), "No column of the regions was recognised"),
        (b"id,size\nAT1,5\nAT1,6\n", Asked(), "several rows for AT1"),
        (b"id,size\nAT1,5\nBG1,6\nRO1,many\n", Asked(), "“many” in the column size is no figure \\(row 4\\)"),
        (b"id,word\nAT1,x\nBG1,y\n", Asked(), "No column holds figures"),
        (b"geo,nace,unit,value\nAT,A,THS,1\nAT,A,PC,9\n", Asked(), "2 values for AT, A. They differ in unit"),
        (b"geo,nace,time,value\nAT,A,2015,1\n", Asked(year="2020"), "no year 2020; it has 2015"),
        (b"id,size\nAT1,5\n", Asked(region="nuts"), "There is no column nuts. The columns are: id, size"),
        (b"id,size\nAT1,5\n", Asked(where={"id": "X"}), "No row has X"),
    ],
)
def test_what_is_wrong_is_told(content, asked, told):
    with pytest.raises(TableError, match=told):
        read(content, asked)
