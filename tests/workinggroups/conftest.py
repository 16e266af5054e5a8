from tests.platform_core.identity.conftest import committed_rows  # noqa: F401 - a fixture of this app too
