import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from platform_core.people.members.models import Organisation, Profile
from platform_core.people.members.people import files_of
from platform_core.people.privacy import services as privacy
from tests.people import browser_of
from tests.platform_core.materials.files.drawing import drawn, uploaded

from .test_people import TYPED, levels

pytestmark = pytest.mark.database


def show_photo(person, content: bytes = b"", level: str = "members", **typed):
    data = TYPED | levels(photo=level) | ({"photo": uploaded(content)} if content else {}) | typed
    return browser_of(person).post(reverse("members:own_profile"), data)


def kept() -> int:
    return len(default_storage.listdir("pictures")[1]) if default_storage.exists("pictures") else 0


@pytest.mark.parametrize(
    ("level", "readers"),
    [("me", {"ana"}), ("members", {"ana", "lena", "wanda", "marko"})],
)
def test_a_photo_is_seen_by_those_its_owner_chose(people, level, readers):
    show_photo(people.ana, drawn(), level)
    address = reverse("members:photo", args=[people.ana.pk])

    answers = {name: browser_of(person).get(address).status_code for name, person in people.each()}

    assert {name for name, status in answers.items() if status == 200} == readers


def test_a_photo_stays_until_another_comes_or_it_is_taken_away(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        show_photo(people.ana, drawn())
        first = Profile.objects.get(person=people.ana).photo.name
        show_photo(people.ana)
        unchanged = Profile.objects.get(person=people.ana).photo.name
        show_photo(people.ana, drawn(10, 10))
    second = Profile.objects.get(person=people.ana).photo.name
    assert (first == unchanged, first == second, kept()) == (True, False, 1)

    with django_capture_on_commit_callbacks(execute=True):
        show_photo(people.ana, no_photo="on")
    assert (Profile.objects.get(person=people.ana).photo.name, kept()) == ("", 0)


def test_a_wrong_file_keeps_what_was_typed(people):
    response = show_photo(people.ana, b"<script>alert(1)</script>", about="Kept words")

    assert (response.status_code, response.context["form"]["about"].value()) == (400, "Kept words")
    assert not Profile.objects.filter(person=people.ana).exists()


def test_a_photo_is_in_the_copy_of_ones_data_and_goes_with_the_account(people, django_capture_on_commit_callbacks):
    show_photo(people.ana, drawn())
    assert [name for name, _file in files_of(people.ana)] == ["photo.webp"]

    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(people.ana)
    assert kept() == 0


@pytest.fixture
def wood(people) -> Organisation:
    return people.wanda.affiliations.get().organisation


def profile(organisation: Organisation, **more) -> dict:
    return {
        "name": "Wood region",
        "language": "el",
        "kind": organisation.kind,
        "country": organisation.country_id,
        "is_public_body": "on",
    } | more


def test_those_who_look_after_a_profile_set_its_logo_and_everyone_sees_it(people, wood, client):
    people.wanda.affiliations.update(is_admin=True)
    response = browser_of(people.wanda).post(
        reverse("members:change", args=[wood.code]), profile(wood, logo=uploaded(drawn()))
    )
    shown = client.get(reverse("members:logo", args=[wood.code]))

    assert (response.status_code, shown.status_code, shown["Content-Type"]) == (302, 200, "image/webp")


def test_without_a_logo_there_is_none(client, wood):
    assert client.get(reverse("members:logo", args=[wood.code])).status_code == 404
