"""Declaring conditions, and holding a practice against a region, over HTTP."""

import pytest

from pilots.models import ConditionAnswer, Judgement, Transfer
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.changes import own
from tests.factories.conditions import condition, declared, kept, practice, settled
from tests.people import browser_of

pytestmark = pytest.mark.django_db
SHEET, DECLARE = "/en/pilots/conditions/AT12/", "/en/desk/pilots/conditions/AT12/4/"
HOLD = "/en/pilots/transferability/"


def typed(person, **values) -> dict:
    found = {"organisation": own(person).pk}
    for code, value in values.items():
        pk = condition(code).pk
        found |= {f"value_{pk}": value, f"evidence_{pk}": "The budget says so."}
    return found


def test_a_region_declares_a_practice_is_held_kept_judged_and_discussed(people):
    marko, wanda, guest = browser_of(settled(people.marko)), browser_of(people.wanda), browser_of(people.guest)
    found = practice(needs=["public_budget", "private_share"])
    assert texts(guest.get(SHEET), "//p[@class='lead']") == ["Nobody has declared anything of this region yet."]
    marko.post(DECLARE, typed(people.marko, public_budget="yes", private_share="no"))

    page = guest.get(f"{HOLD}{found.code}/?region=AT12")
    assert page.context["fit"].percent == 50
    assert guest.get(f"{HOLD}?region=AT12").context["rows"][0][2] == 50
    assert len(parsed(guest.get(found.get_absolute_url())).xpath(f"//a[@href='{HOLD}{found.code}/']")) == 1

    made = marko.post(f"{HOLD}{found.code}/keep/", {"region": "AT12", "organisation": own(people.marko).pk}).url
    wanda.post(f"{made}judge/", {"verdict": "adapt", "reasons": "Let members pay later."})
    marko.post(f"{made}say/", {"text": "How much later?"})

    page = marko.get(made)
    assert texts(page, "//section[@aria-labelledby='judged']//h3") == ["It would work here if it is adapted"]
    assert texts(page, "//section[@aria-labelledby='said']//article/p[last()]") == ["How much later?"]
    assert guest.get(made).status_code == 302
    assert browser_of(people.petra).get(made).status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": "perhaps"}, "value"),
        ({"evidence": ""}, "evidence"),
        ({"link": "nonsense"}, "link"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(people, fields, field):
    pk = condition("public_budget").pk
    told = typed(settled(people.marko), public_budget="yes") | {f"{name}_{pk}": value for name, value in fields.items()}

    page = browser_of(people.marko).post(DECLARE, told)

    assert (page.status_code, list(page.context["form"].errors)) == (400, [f"{field}_{pk}"])
    assert ConditionAnswer.objects.count() == 0


def test_what_a_colleague_declared_meanwhile_is_not_overwritten_unseen(people):
    marko = browser_of(settled(people.marko))
    (form,) = parsed(marko.get(DECLARE)).xpath("//form[.//input[@name='seen']]")
    seen = dict(form.form_values())["seen"]
    declared(people.marko, public_budget="no")

    page = marko.post(DECLARE, typed(people.marko, public_budget="yes") | {"seen": seen})

    assert (page.status_code, ConditionAnswer.objects.get().value) == (400, "no")


@pytest.mark.parametrize(("name", "status"), [("marko", 200), ("lena", 403), ("guest", 302)])
def test_who_declares(people, name, status):
    settled(people.marko)

    assert browser_of(people.named(name)).get(DECLARE).status_code == status


@pytest.mark.parametrize("address", ["/en/pilots/conditions/XX99/", f"{HOLD}nothing/", "/en/pilots/transfers/99/"])
def test_what_is_not_there_is_not_found(people, address):
    assert browser_of(people.marko).get(address).status_code == 404


def test_an_unknown_region_is_refused(people):
    found = practice()
    marko = browser_of(people.marko)

    assert marko.get(f"{HOLD}{found.code}/?region=XX99").status_code == 400
    keep = {"region": "XX99", "organisation": own(people.marko).pk}
    assert marko.post(f"{HOLD}{found.code}/keep/", keep).status_code == 400
    assert Transfer.objects.count() == 0


def test_bad_judgements_and_empty_comments_keep_what_was_typed(people):
    made = kept(people.marko, practice())
    wanda = browser_of(people.wanda)

    judged = wanda.post(f"{made.get_absolute_url()}judge/", {"verdict": "luck", "reasons": "Because."})
    said = wanda.post(f"{made.get_absolute_url()}say/", {"text": ""})

    assert (judged.status_code, said.status_code, Judgement.objects.count()) == (400, 400, 0)
    assert judged.context["judge"].data["reasons"] == "Because."


def test_the_region_says_that_it_is_still_correct(people):
    declared(settled(people.marko), public_budget="yes")
    address = "/en/desk/pilots/conditions/AT12/still-correct/"

    assert browser_of(people.marko).post(address).status_code == 302
    assert browser_of(people.lena).post(address).status_code == 403
    assert browser_of(people.guest).get(f"{SHEET}history/").status_code == 200


def test_the_lists_cost_the_same_with_one_and_with_three(people):
    declared(settled(people.marko), public_budget="yes", skilled_staff="yes")
    kept(people.marko, practice())
    marko = browser_of(people.marko)
    pages = ("/en/pilots/transfers/", f"{HOLD}?region=AT12", "/en/pilots/conditions/", SHEET)
    for page in pages:
        marko.get(page)
    with_one = [queries(marko, page) for page in pages]
    for title in ("Two", "Three"):
        kept(people.marko, practice(title))
    for code in ("AT22", "AT31"):
        declared(settled(people.marko, code), code, public_budget="yes")

    assert [queries(marko, page) for page in pages] == with_one
