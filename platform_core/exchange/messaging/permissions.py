from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(code="messaging.read_outbox", name=_("Read the mails that were sent"), who=("role:lead_partner",)),
    Right(code="messaging.send_again", name=_("See mails that failed and send them again"), who=("role:lead_partner",)),
    Right(code="messaging.begin", name=_("Write to people and organisations who take messages"), who=("user",)),
    Right(code="messaging.take_part", name=_("Read and answer private messages"), who=("audience",)),
    Right(code="messaging.judge_report", name=_("Answer reports of messages"), who=("role:lead_partner",)),
]
