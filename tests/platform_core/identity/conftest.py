import pytest
from django.contrib.contenttypes.models import ContentType


@pytest.fixture
def committed_rows(transactional_db):
    """Rows that every connection sees, for tests marked in `threads`."""
    yield
    ContentType.objects.clear_cache()
