"""What of a consultation goes with an account."""

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Consultation, FileAnswer, FormerAnswers, Invitation, Registration, Response
from consultations.selectors.registration import digest_of
from platform_core.materials.files.models import StoredFile
from platform_core.people.privacy import holdings
from platform_core.people.privacy.services import erase
from tests.factories.consultations import consultation


@pytest.fixture
def found(people) -> Consultation:
    return consultation(mode="attributed")


@pytest.fixture
def given(found, people) -> Response:
    """What ana and marko gave with their names; ana changed hers and handed in a file."""
    version, day = found.versions.get(), timezone.localdate()
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="text/plain")
    for person in (people.ana, people.marko):
        told = {"language": "en", "day": day, "answers": {"wish": person.name}, "name": person.name}
        response = Response.objects.create(questionnaire=version, person=person, **told)
        FormerAnswers.objects.create(response=response, questionnaire=version, revision=1, answers={}, day=day)
        FileAnswer.objects.create(response=response, question="paper", file=stored, name="plan.txt")
    return Response.objects.get(person=people.ana)


def test_answers_given_with_name_stay_without_it(people, given):
    told = erase(people.ana)

    given.refresh_from_db()
    assert (given.person, given.name, given.answers) == (None, "", {"wish": "Ana"})
    assert [told[f"consultations.{name}"] for name in ("response", "formeranswers", "fileanswer")] == [1, 1, 1]
    for model in (FormerAnswers, FileAnswer):
        assert list(model.objects.values_list("response__person", flat=True)) == [people.marko.pk]
    assert Response.objects.get(person=people.marko).name == "Marko"


def test_an_invitation_goes_with_the_account_of_its_address(people, found):
    addresses = ["ANA@example.org", "somebody@example.org"]
    services.invite(found, addresses, language="en", audience="", by=people.wanda)

    erase(people.ana)

    assert list(Invitation.objects.values_list("email", flat=True)) == ["somebody@example.org"]


def test_the_register_forgets_who_erases_her_account(people, found):
    for address in ("Ana@example.org", "somebody@example.org"):
        services.register(found, digest_of(address), audience="policy", country="AT", org_type="")
    held = [holding.data.label for holding in holdings.holdings(people.ana)]

    erase(people.ana)

    assert ("consultations.registration" in held, Registration.objects.count()) == (True, 1)
