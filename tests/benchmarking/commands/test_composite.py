import json
import subprocess
import sys
from io import StringIO

import pandas as pd
import pytest
from django.core.management import CommandError, call_command

from tests.benchmarking.statistics import asem
from tests.house.floors import ROOT

DATA = """uCode,uName,a,b,c,d,people,kind
"v1","One"," 0","  8",1,10,1,x
v3,Three,2,4,,20,2,y
v2,Two,1,6,5,30,4,x
v4,Four,3,2,3,50,5,
"""
METADATA = """Level,iCode,Direction,Weight,Target,Denominator,Parent,Type
1,a,1,1,5,,one,Indicator
1,b,-1,3,0,,one,Indicator
1,c,1,1,9,,two,Indicator
1,d,1,1,60,people,two,Indicator
2,one,1,1,,,index,Aggregate
2,two,1,1,,,index,Aggregate
3,index,1,1,,,NA,Aggregate
,people,,,,,,Denominator
,kind,,,,,,Group
"""
FILES = {"denominated", "imputed", "imputed_cells", "treated", "normalised", "weights", "scores", "ranks", "bod"} | {
    "coverage",
    "treatment",
    "coherence",
    "correlations",
}


@pytest.fixture
def written(tmp_path):
    def write(data=DATA, metadata=METADATA, **others):
        for name, text in {"data": data, "metadata": metadata, **others}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def run(folder, *options, stderr=None):
    told = StringIO()
    call_command(
        "composite",
        str(folder / "data.csv"),
        str(folder / "metadata.csv"),
        "--out",
        str(folder / "out"),
        *options,
        stdout=told,
        stderr=stderr,
    )
    return told.getvalue()


def table(folder, name):
    return pd.read_csv(folder / "out" / f"{name}.csv", index_col=0, keep_default_na=False, na_values=[""])


@asem.needs_asem
@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("treated", "treated"),
        ("normalised", "normalised_minmax_1_100"),
        ("scores", "aggregated_arithmetic"),
        ("imputed", "imputed"),
    ],
)
def test_the_reference_figures(name, reference, asem_out):
    found, expected = pd.read_csv(asem_out / f"{name}.csv", index_col="uCode"), asem.reference(reference)

    assert (list(found.columns), list(found.index)) == (list(expected.columns), list(expected.index))
    assert (found - expected).abs().max().max() < 1e-10


@pytest.fixture(scope="module")
def asem_out(tmp_path_factory):
    out = tmp_path_factory.mktemp("asem")
    files = [str(asem.FOLDER / f"{name}.csv") for name in ("indicators", "metadata")]
    options = [
        "--screen",
        "0.9",
        "--imputation",
        "mean_group:EurAsia_group",
        "--winmax",
        "5",
        "--normalisation",
        "minmax:1:100",
    ]
    call_command(
        "composite",
        *files,
        "--out",
        str(out),
        *options,
        "--weights",
        "original",
        "--aggregation",
        "amean",
        stdout=StringIO(),
    )
    return out


@asem.needs_asem
def test_ranks_are_those_of_the_rounded_scores(asem_out):
    scores, ranks = (pd.read_csv(asem_out / f"{name}.csv", index_col="uCode") for name in ("scores", "ranks"))

    assert ranks.equals(scores.round(10).rank(ascending=False, method="min").astype(int))


@asem.needs_asem
def test_weights_that_were_written_can_be_read_again(asem_out, tmp_path):
    files = [str(asem.FOLDER / f"{name}.csv") for name in ("indicators", "metadata")]
    options = ["--imputation", "mean_group:EurAsia_group", "--weights", str(asem_out / "weights.csv")]
    call_command("composite", *files, "--out", str(tmp_path), *options, stdout=StringIO())

    assert (tmp_path / "scores.csv").read_text() == (asem_out / "scores.csv").read_text()


def test_what_is_written(written):
    folder = written()
    told = run(folder, "--winmax", "none", "--normalisation", "minmax:0:1")

    assert {path.name for path in (folder / "out").iterdir()} == {f"{name}.csv" for name in FILES} | {"recipe.json"}
    assert told.splitlines()[-1] == f"4 units, 4 indicators, 3 levels: {folder / 'out'}"
    assert table(folder, "scores")["one"].to_dict() == pytest.approx({"v1": 0, "v2": 1 / 3, "v3": 2 / 3, "v4": 1})
    assert table(folder, "denominated")["d"].to_dict() == {"v1": 10.0, "v2": 7.5, "v3": 10.0, "v4": 10.0}
    assert (folder / "out" / "ranks.csv").read_text().splitlines()[3] == "v3,2,2,,1,2,1,2"
    assert (folder / "out" / "weights.csv").read_text().splitlines()[:2] == [
        "iCode,Level,Weight,EffWeight",
        "a,1,1.0,0.125",
    ]
    assert json.loads((folder / "out" / "recipe.json").read_text())["normalisation"] == "minmax:0:1"


def test_imputed_cells_are_listed(written):
    folder = written()
    run(folder, "--imputation", "median")

    assert (folder / "out" / "imputed_cells.csv").read_text() == "uCode,iCode,value\nv3,c,3.0\n"


def test_figures_are_written_with_all_their_digits(written):
    folder = written(DATA.replace("  8", "0.1234567890123456789"))
    run(folder)

    assert table(folder, "denominated").at["v1", "b"] == 0.1234567890123456789


def test_what_an_earlier_run_wrote_does_not_stay_and_what_is_lacking_is_told(written):
    folder, before, after = written(), StringIO(), StringIO()
    run(folder, stderr=before)
    run(folder, "--normalisation", "zscore", stderr=after)

    assert not (folder / "out" / "bod.csv").exists()
    assert (before.getvalue(), after.getvalue()) == (
        "",
        "No bod.csv: v1 has -1.161895003862225 in a. Benefit of the doubt needs figures from 0 up: choose another"
        " normalisation, such as minmax:1:100.\n",
    )


def test_weights_from_files(written):
    weights = "iCode,Level,Weight\na,1,9\nb,1,3\nc,1,1\nd,1,1\none,2,3\ntwo,2,1\n"
    points = "person,iCode,Weight\nana,a,10\nana,b,30\nboris,a,5\nboris,b,5\n"
    folder = written(weights=weights, points=points)
    run(folder, "--weights", str(folder / "weights.csv"))
    assert table(folder, "weights")["EffWeight"].tolist() == [0.5625, 0.1875, 0.125, 0.125, 0.75, 0.25, 1.0]

    run(folder, "--weights", f"budget:{folder / 'points.csv'}")
    assert table(folder, "weights")["Weight"].tolist() == [0.375, 0.625, 1, 1, 1, 1, 1]


def test_benefit_of_the_doubt(written):
    folder = written()
    run(folder, "--weights", "bod:0.1:0.6", "--imputation", "mean")
    found = table(folder, "bod")

    assert list(found.columns) == ["score", "a", "b", "c", "d"]
    assert found["score"].tolist() == pytest.approx(table(folder, "scores")["index"].tolist())


BROKEN = [
    ({"data": DATA.replace("v2,Two,1", "v2,Two,much")}, "data.csv, row 4 (v2), column a: “much” is not a number."),
    ({"data": DATA.replace("v2,Two,1", 'v2,Two,"1,5"')}, "data.csv, row 4 (v2), column a: “1,5” is not a number."),
    ({"data": DATA.replace("v2", "v1")}, "data.csv, row 2 (v1): The unit is there twice."),
    ({"data": DATA.replace("uCode", "code")}, "data.csv, row 1, column uCode: the column is missing."),
    (
        {"data": DATA.replace(",", ";")},
        "data.csv, row 1: the file seems to be separated by semicolons, not by commas.",
    ),
    ({"data": DATA.replace(",30,4,x", ",30,4")}, "data.csv, row 4: 7 cells where the first row has 8."),
    ({"data": DATA.replace("uName", "a")}, "data.csv, row 1, column a: the column is there twice."),
    ({"data": DATA.replace("uName", "")}, "data.csv, row 1: cell 2 has no name of a column."),
    ({"data": DATA.replace(",c,", ",C,")}, "data.csv, column c: The metadata names this column, and it is missing."),
    ({"data": DATA.replace("30,4", "30,0")}, "data.csv, row 4 (v2), column people: The denominator of d is 0."),
    ({"data": DATA.replace("v2,", ",")}, "data.csv, row 4, column uCode: the code is missing."),
    ({"data": "uCode,a\n"}, "data.csv has no rows below its first one."),
    ({"data": DATA + 'v5,"Five,1,1,1,1,1,x\n'}, "data.csv, row 6: unexpected end of data."),
    (
        {"data": "uCode,a,b,c,d,people\nv1,1,1,3,1,1\nv2,1,2,4,2,1\n"},
        "data.csv, column a: All values are the same, so this",
    ),
    (
        {"data": "uCode,a,b,c,d,people\nv1,1,1,,1,1\nv2,1,2,NA,2,1\n"},
        "data.csv, column c: There is not a single value.",
    ),
    ({"metadata": METADATA.replace("Parent", "Above")}, "metadata.csv, column Parent: The column is missing."),
    (
        {"metadata": METADATA.replace(",,two,I", ",,tow,I")},
        "metadata.csv, row 4 (c), column Parent: The parent “tow” is not a code",
    ),
    (
        {"metadata": METADATA.replace(",NA,", ",one,")},
        "metadata.csv, row 2 (a), column Parent: The parents go round in a circle",
    ),
    (
        {"metadata": METADATA.replace("people,two", "folk,two")},
        "metadata.csv, row 5 (d), column Denominator: There is no column “folk”",
    ),
    (
        {"metadata": METADATA.replace("b,-1,3", "b,-1,lots")},
        "metadata.csv, row 3 (b), column Weight: “lots” is not a number.",
    ),
]
REFUSED = [
    (
        ["--normalisation", "minmax:0:1", "--aggregation", "gmean"],
        "v1 has 0.0 in a. A geometric mean needs figures above 0:",
    ),
    (
        ["--normalisation", "zscore:0:1", "--aggregation", "ampi"],
        "The mean of v1 in one is -1.1618950039. The adjusted Mazziotta–Pareto index divides by it,",
    ),
    (["--normalisation", "best"], "There is no method “best” of normalisation. There are: none, minmax,"),
    (
        ["--aggregation", "amean,gmean,hmean"],
        "“amean,gmean,hmean”: give one method of aggregation or one for each level, here 2.",
    ),
    (["--imputation", "mean_group:tribe"], "data.csv, column tribe: There is no such column of groups."),
    (["--screen", "much"], "--screen: “much” is not a number."),
    (["--screen", "90"], "coverage of units: “90.0” is not a part between 0 and 1."),
    (["--winmax", "some"], "“some” in “winsorise:some” (treatment of outliers) is not a number."),
    (["--winmax", "5", "--treatment", "log"], "--winmax and --treatment say the same: give one of them."),
    (["--weights", "nowhere.csv"], "--weights: “nowhere.csv” is neither one of original, equal, pca,"),
    (["--normalisation", "distance_to_reference:v9"], "data.csv: There is no unit “v9”."),
]


@pytest.mark.parametrize(("files", "sentence"), BROKEN)
def test_a_broken_file_is_told_by_file_row_and_column(written, files, sentence):
    folder = written(**files)
    with pytest.raises(CommandError) as found:
        run(folder)

    assert str(found.value).replace(f"{folder}/", "").startswith(sentence)
    assert "\n" not in str(found.value)
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("options", "sentence"), REFUSED)
def test_options_that_do_not_fit_are_told(written, options, sentence):
    folder = written()
    with pytest.raises(CommandError) as found:
        run(folder, *options)

    assert str(found.value).replace(f"{folder}/", "").startswith(sentence)
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ("iCode,Weight\na,1\nz,1\n", "weights.csv, row 3, column iCode: “z” is not a code of the metadata."),
        ("iCode,Weight\na,1\nb,-2\n", "weights.csv, row 3, column Weight: “-2.0” is not a weight: numbers from 0 up."),
        ("iCode,Weight\na,1\nb,two\n", "weights.csv, row 3, column Weight: “two” is not a weight: numbers from 0 up."),
        ("iCode,Weight\na,1\na,2\n", "weights.csv, row 3, column iCode: “a” is there twice."),
        ("iCode,Points\na,1\n", "weights.csv, row 1, column Weight: the column is missing."),
        ("set,iCode,Weight\np,a,1\nq,a,2\n", "weights.csv, column set: there is more than one set of weights."),
    ],
)
def test_broken_weights_are_told(written, weights, sentence):
    folder = written(weights=weights)
    with pytest.raises(CommandError) as found:
        run(folder, "--weights", str(folder / "weights.csv"))

    assert str(found.value) == f"{folder}/{sentence}"


def test_files_that_are_none(written, tmp_path):
    (tmp_path / "data.csv").write_bytes(b"uCode,a\n\xff\xfe,1\n")
    (tmp_path / "metadata.csv").write_text(METADATA)
    with pytest.raises(CommandError) as found:
        run(tmp_path)
    assert str(found.value) == f"{tmp_path}/data.csv is not a text file in UTF-8."

    (tmp_path / "data.csv").unlink()
    with pytest.raises(CommandError) as found:
        run(tmp_path)
    assert str(found.value) == f"{tmp_path}/data.csv cannot be read: No such file or directory."


def test_a_folder_that_cannot_be_written(written):
    folder = written()
    (folder / "out").write_text("a file")
    with pytest.raises(CommandError) as found:
        run(folder)

    assert str(found.value) == f"{folder}/out cannot be written: File exists."


def test_the_program_ends_with_1(written):
    folder = written(DATA.replace("v2,Two,1", "v2,Two,much"))
    command = [
        sys.executable,
        "manage.py",
        "composite",
        f"{folder}/data.csv",
        f"{folder}/metadata.csv",
        "--out",
        f"{folder}/out",
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
