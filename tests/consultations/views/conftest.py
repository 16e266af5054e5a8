import pytest

from consultations.models import Consultation
from tests.factories.consultations import consultation

from .pages import Respondent


@pytest.fixture
def found(db) -> Consultation:
    return consultation()


@pytest.fixture
def respondent(found) -> Respondent:
    return Respondent()
