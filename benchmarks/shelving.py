"""Puts the records of `pairs` on the shelf, through the product's own services."""

import io

from benchmarks.pairs import SHELF
from platform_core.ground.reports.pdf import pages_to_pdf
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import runner
from repository import services
from repository.models import Record


def shelve() -> None:
    for shelved in SHELF:
        if Record.objects.filter(code=shelved.code).exists():
            continue
        made = services.deposit(
            code=shelved.code,
            kind="report",
            title=shelved.title,
            summary=shelved.summary,
            year=2024,
            topics=[4],
            languages=list(shelved.title),
            creators=["An office"],
        )
        if shelved.pages:
            file = io.BytesIO(pages_to_pdf("Report", list(shelved.pages), shelved.language))
            services.attach(made, file, "report.pdf", shelved.language)
        services.publish(made)
    while audit.dispatch_events() or runner.finish_waiting():
        pass
