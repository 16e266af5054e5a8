"""Final reports of working group 4."""

from pilots.models import FinalReport
from pilots.services import final_reports as services
from workinggroups.models import WorkingGroup


def report(by, title: str = "What we learned", language: str = "en", **fields) -> FinalReport:
    return services.begin(WorkingGroup.objects.get(pk=4), title, language, by=by, **fields)


def conclude(found: FinalReport, by) -> FinalReport:
    """Every part has words."""
    for section in found.sections.filter(text=""):
        services.write(found, section, section.heading, "We found a way.", by=by)
    return found
