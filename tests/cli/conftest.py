"""A small answering service, made and imported once; each test has a copy of its own as the current folder."""

import shutil
from pathlib import Path

import pytest

from tests.cli.typed import out

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with rule files, twelve contracts and two months of calls."""
    here = tmp_path_factory.mktemp("service")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        shutil.copytree(RULES, "rules")
        out("sample", ".", "--contracts", "12")
        out("contracts", "import", "customers.csv", "--offer", "essentielle@2023-01-01")
        out("calls", "import", "cdr-2026-09.csv.gz", "cdr-2026-10.csv.gz", "--format", "asterisk")
    return here


@pytest.fixture(scope="session")
def billed(service: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same folder with both months billed."""
    here = tmp_path_factory.mktemp("billed") / "service"
    shutil.copytree(service, here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        for month in ("2026-09", "2026-10"):
            out("bill", month, "--on", "2026-11-01")
    return here


@pytest.fixture
def folder(service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the service as the current folder, not billed yet."""
    return _moved_to(service, tmp_path, monkeypatch)


@pytest.fixture
def after_billing(billed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the service as the current folder, both months billed."""
    return _moved_to(billed, tmp_path, monkeypatch)


def _moved_to(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(original, here)
    monkeypatch.chdir(here)
    return here
