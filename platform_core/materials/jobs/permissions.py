from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(
        code="jobs.view_job",
        name=_("Follow background work and start it again"),
        who=("owner", "role:lead_partner"),
        owner=lambda job: job.asked_by_id,
    )
]
