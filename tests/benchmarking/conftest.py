import pytest

from benchmarking.selectors import excellence


@pytest.fixture
def grid(people):
    """The indicators of cluster management in force."""
    return excellence.set_in_force()
