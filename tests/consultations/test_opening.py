"""What followers are told when a consultation is opened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.exchange.messaging.services import follow
from tests.factories.consultations import consultation
from tests.factories.workinggroups import group
from tests.settling import settle


@pytest.mark.parametrize(
    ("hours", "subject", "text"),
    [
        (-1, "Open: Cluster finance", "“Cluster finance” takes answers now."),
        (48, "Opens soon: Cluster finance", "“Cluster finance” takes answers from {moment}."),
    ],
)
def test_a_notice_says_from_when_answers_are_taken(people, hours, subject, text):
    follow(people.carl, group(4))
    opens = timezone.now() + timedelta(hours=hours)
    consultation(opens_at=opens, closes_at=opens + timedelta(days=9), time_zone="Europe/Athens")

    settle()

    notice = Notice.objects.get(recipient=people.carl, kind="consultations.opened", channel="site")
    assert notice.subject == subject
    assert notice.text.partition(" from ")[0] == text.partition(" from ")[0]
    assert ("(Europe/Athens)" in notice.text) == (hours > 0)
