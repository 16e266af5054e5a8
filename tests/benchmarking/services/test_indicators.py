import pytest
from django.core.exceptions import ValidationError

from benchmarking.models import Indicator
from benchmarking.services import indicators
from tests.factories import data as factory

pytestmark = pytest.mark.database


def test_what_divides_is_not_divided(people):
    divisor = factory.indicator("people", group_id=4)
    factory.indicator("rate", denominator=divisor, group_id=4)
    other = factory.indicator("area")

    with pytest.raises(ValidationError) as refused:
        indicators.change(divisor, by=people.wanda, denominator=other)

    assert refused.value.message_dict == {
        "denominator": ["Other indicators are divided by this one, so it cannot be divided itself."]
    }
    assert Indicator.objects.get(code="people").denominator is None
