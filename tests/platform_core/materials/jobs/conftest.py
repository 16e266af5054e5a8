import pytest

from platform_core.ground.registry.kinds import JobKind
from platform_core.materials.jobs import services
from platform_core.materials.jobs.models import Job
from tests.platform_core.ground.registry.declaring import declaring
from tests.platform_core.identity.conftest import committed_rows  # noqa: F401 - a fixture of this room too

from . import work as kind


@pytest.fixture
def work():
    """Declares `tests.work` (two attempts) for as long as the test lasts."""
    kind.WORK.begin_anew()
    with declaring(JobKind(code="tests.work", name="Work", perform=f"{kind.__name__}.perform", attempts=2)):
        yield kind.WORK


@pytest.fixture
def job(db, work) -> Job:
    return services.start("tests.work", number=7)
