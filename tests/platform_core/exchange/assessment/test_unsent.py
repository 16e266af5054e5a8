"""What an evaluator types is kept as she types it, and is there again when she comes back."""

import pytest

from platform_core.materials.drafts.models import Draft
from tests.consultations.views.pages import parsed
from tests.factories import policies
from tests.people import add_member, browser_of, hold_anyway

pytestmark = pytest.mark.django_db


@pytest.fixture
def judges(people):
    made = [add_member(name, "full") for name in ("vera", "viktor")]
    for one in made:
        hold_anyway(one, "reviewer")
    return made


def test_a_rating_is_kept_as_it_is_typed(people, judges):
    card = policies.scorecard(people.wanda)
    policies.measure(card, people.wanda)
    rating = policies.called(card, judges, people.wanda)
    own, line = rating.evaluations.get(evaluator=judges[0]), policies.line(card, "t4-commitment")
    browser, address, reason = browser_of(judges[0]), own.get_absolute_url(), f"reason_{line.pk}"
    browser.post(address, {"has_conflict": "no"})
    (keep,) = parsed(browser.get(address)).xpath("//form/@data-draft")
    assert browser.post(keep, {reason: "Half a thou", f"value_{line.pk}": "2"}).status_code == 200

    page = parsed(browser.get(address))
    assert page.xpath(f"//textarea[@name='{reason}']")[0].text.strip() == "Half a thou"
    assert page.xpath(f"//input[@name='value_{line.pk}'][@checked]/@value") == ["2"]
    assert not own.scores.exclude(value=None).exists()
    browser.post(f"{address}forget/")
    assert parsed(browser.get(address)).xpath(f"//textarea[@name='{reason}']")[0].text.strip() == ""

    browser.post(keep, {reason: "A thought"})
    assert browser.post(address, {reason: "A thought", f"value_{line.pk}": "2", "keep": "1"}).status_code == 302
    assert (Draft.objects.count(), own.scores.get(criterion=line).reason) == (0, "A thought")


def test_nobody_else_sees_or_forgets_it(people, judges):
    card = policies.scorecard(people.wanda)
    policies.measure(card, people.wanda)
    own = policies.called(card, judges, people.wanda).evaluations.get(evaluator=judges[0])

    for person in (judges[1], people.lena, people.wanda):
        assert browser_of(person).post(f"{own.get_absolute_url()}forget/").status_code == 404
