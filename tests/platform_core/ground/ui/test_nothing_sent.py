"""Who comes to the address of a form's deed, such as after signing in anew, is told that nothing was sent."""

import pytest
from django.urls import reverse
from lxml import html

from tests.people import browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["guest", "marko"])
def test_the_address_of_a_deed_has_a_page(people, name):
    answer = browser_of(people.named(name)).get(reverse("pilots:useful", args=["any"]))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert html.fromstring(answer.content).xpath("//h1/text()") == ["Nothing was sent."]


def test_other_methods_get_no_page(client):
    assert client.put(reverse("pilots:useful", args=["any"])).content == b""
