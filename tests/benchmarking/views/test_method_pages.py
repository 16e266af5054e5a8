import pytest

from benchmarking.selectors.methods import STEPS

pytestmark = pytest.mark.django_db


def test_all_methods_are_listed(client):
    page = client.get("/en/benchmarking/methods/")

    assert page.status_code == 200
    assert [address for address, *_words in page.context["parts"][0][1]] == [
        f"/en/benchmarking/methods/{code}/" for code in STEPS
    ]


@pytest.mark.parametrize("code", STEPS)
def test_each_says_what_it_does_when_not_to_use_it_and_its_source(client, code):
    page = client.get(f"/en/benchmarking/methods/{code}/")
    text = page.content.decode()

    assert page.status_code == 200
    for heading in ("What it does", "When not to use it", "Source"):
        after = text.split(f"<h2>{heading}</h2>")[1].split("<h2>")[0]
        assert len(after.strip()) > 80


def test_a_method_that_is_none(client):
    assert client.get("/en/benchmarking/methods/luck/").status_code == 404
