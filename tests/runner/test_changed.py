import pytest

from .changed import suite_for

TREE = (
    "tests/house",
    "tests/repository/selectors",
    "tests/platform_core/ground/ui",
    "tests/platform_core/ground/texts",
    "tests/platform_core/exchange/messaging",
)


@pytest.fixture
def root(tmp_path):
    for folder in TREE:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "tests/repository/test_views.py").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("repository/services/records.py", {"tests/repository"}),
        ("platform_core/ground/texts/fields.py", {"tests/platform_core/ground/texts"}),
        ("tests/repository/test_views.py", {"tests/repository/test_views.py"}),
        ("templates/repository/record_page.html", {"tests/repository"}),
        ("templates/components/button.html", {"tests/platform_core/ground/ui"}),
        ("templates/emails/notice.html", {"tests/platform_core/exchange/messaging"}),
        ("static/css/tokens.css", {"tests/platform_core/ground/ui"}),
        ("locale/de/LC_MESSAGES/django.po", {"tests/platform_core/ground/texts"}),
        ("docs/house.md", set()),
        ("tests/repository/test_removed.py", set()),
        ("pilots/models.py", set()),
    ],
)
def test_change_leads_to_suite_for_its_room(root, changed, expected):
    assert set(suite_for([changed], root)) == expected | {"tests/house"}


@pytest.mark.parametrize("changed", ["clusterpolisee/settings.py", "requirements/run.txt", "tests/conftest.py"])
def test_change_below_everything_leads_to_all_tests(root, changed):
    assert suite_for(["docs/house.md", changed], root) == ["tests"]


def test_nested_paths_are_run_once(root):
    changed = ["tests/repository/test_views.py", "repository/views.py"]

    assert suite_for(changed, root) == ["tests/house", "tests/repository"]
