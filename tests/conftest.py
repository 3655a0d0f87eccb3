"""Settings for all tests."""

import gc
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cases_drawn import drawn

with warnings.catch_warnings():
    # Datasette asks SQLite a question when it is loaded and leaves the connection open; Python 3.13 and newer tell.
    warnings.simplefilter("ignore", ResourceWarning)
    import datasette.filters  # noqa: F401

    gc.collect()

# Files for tests are rule files too, many of them wrong on purpose: our pytest plugin leaves them alone.
STOOD = pytest.StashKey[frozenset[str]]()
collect_ignore_glob = ["*.toml"]
pytest_plugins = ["pytester", "tests.traced", "tests.proved_once"]

# No test may fail because the machine is slow.
# Where a test says nothing else, so many cases are drawn of it: few whenever all tests run, many in the long form.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=drawn(40)
)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the messages expected of wrong files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Return whether messages are to be rewritten."""
    return bool(request.config.getoption("--accept", default=False))


ROOT = Path(__file__).parents[1]


def files_at_the_root() -> frozenset[str]:
    """Return what stands at the root of the repository, but for the caches of tools."""
    return frozenset(path.name for path in ROOT.iterdir() if not path.name.startswith("."))


def pytest_configure(config: pytest.Config) -> None:
    config.stash[STOOD] = files_at_the_root()


def pytest_collection_finish() -> None:
    """Keep the tests themselves out of what is searched for garbage, and search less often: they are many, and stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let the run fail when a test left something at the root: it would go into the next commit."""
    stood = session.config.stash[STOOD]
    left = files_at_the_root() - stood
    if left and not hasattr(session.config, "workerinput"):
        raise pytest.exit.Exception(f"a test left {', '.join(sorted(left))} at the root", returncode=1)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests counted, at the end, whichever process counted it."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, told in getattr(report, "user_properties", ()):
                if name == "counted" and report.when == "call":
                    terminalreporter.write_line(told)
