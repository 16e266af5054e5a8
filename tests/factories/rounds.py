"""Reflective rounds, with a day that can be passed."""

from datetime import timedelta

from django.utils import timezone

from pilots.models import Mechanism, ReflectiveRound
from pilots.services import rounds as services
from platform_core.exchange.discussions.models import Round


def opened(mechanism: Mechanism, by) -> ReflectiveRound:
    return services.ask(mechanism, timezone.localdate() + timedelta(weeks=2), by=by)


def day_is_over(found: ReflectiveRound) -> ReflectiveRound:
    Round.objects.filter(pk=found.round_id).update(closes_on=timezone.localdate() - timedelta(days=1))
    return ReflectiveRound.objects.get(pk=found.pk)
