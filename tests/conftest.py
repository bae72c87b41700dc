"""What every test stands on: no display, folders of its own, and a pass where Qt cannot be loaded."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

# Before anything can import Qt or ask where the user's folders are.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# BRIEFING_TEXTS stays: it names the folder of source texts that the bundled library's quotes are checked against.
for _name in [name for name in os.environ if name.startswith("BRIEFING_") and name != "BRIEFING_TEXTS"]:
    del os.environ[_name]
_HOME = tempfile.TemporaryDirectory(prefix="briefing-tests-", ignore_cleanup_errors=True)
for _name, _folder in {
    "HOME": "",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}.items():
    _path = Path(_HOME.name, _folder)
    _path.mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_path)

_REPEATABLE = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _REPEATABLE)
settings.register_profile("searching", _REPEATABLE, derandomize=False, print_blob=True, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def _why_qt_cannot_be_loaded() -> str:
    try:
        import PySide6.QtWidgets  # noqa: F401 - whether it can be imported is the question
    except ImportError as error:
        return f"Qt cannot be loaded on this machine ({error})"
    return ""


NO_QT = _why_qt_cannot_be_loaded()
_NEED_QT = ("app", "end_to_end")
_TESTS = Path(__file__).parent


class _WithoutQt(pytest.File):
    """A folder of tests that need Qt, on a machine that cannot load it: one skip that says why.

    Not a `pytest.Directory`: of those, pytest loads the conftest first, and that may import Qt.
    """

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        pytest.skip(NO_QT, allow_module_level=True)


def pytest_plugin_registered(plugin: object, manager: pytest.PytestPluginManager) -> None:
    """Take pytest-qt out where Qt cannot be loaded: it would end the whole run."""
    if NO_QT and (pytest_qt := manager.get_plugin("pytest-qt")) is not None and plugin is not pytest_qt:
        manager.unregister(pytest_qt)


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Skip the folders that need Qt before anything in them is imported, where there is none."""
    if NO_QT and path.parent == _TESTS and path.name in _NEED_QT:
        skipped: pytest.Collector = _WithoutQt.from_parent(parent, path=path)
        return skipped
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line("markers", "needs_qt: skipped on a machine that cannot load Qt")
    if not NO_QT:
        # What the platform without a display says when a window or a menu is shown; it is no fault of ours.
        config.addinivalue_line("qt_log_ignore", "^This plugin does not support ")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip single tests that need Qt where there is none."""
    if NO_QT:
        for item in items:
            if item.get_closest_marker("needs_qt"):
                item.add_marker(pytest.mark.skip(reason=NO_QT))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a cache and a configuration that no other test has touched."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
