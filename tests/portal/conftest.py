"""A small answering service of two customers, each with an issued invoice and a link; and its pages."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from attrs import frozen
from permanence.cli.commands.portal.serve import pages_opened
from permanence.cli.kept_month import KeptMonth
from permanence.cli.running_month import OnFile
from permanence.plugin_manager import Plugins
from permanence.portal.application import application

from tests.cli.conftest import CALLS, small_service
from tests.cli.typed import out, values
from tests.portal.asked import Asked

MORE = CALLS.replace("\n1,", "\n2,").replace("000001,", "000002,").replace("077", "088")
PDF = b"%PDF-1.7 of "


@frozen
class Portal:
    """The folder of a service, the token of each contract's link, and its pages for a browser that is none."""

    folder: Path
    tokens: dict[str, str]
    client: Asked
    month: KeptMonth


@pytest.fixture(scope="session")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a service of which February is issued, with documents, and links to both contracts."""
    here = small_service(tmp_path_factory.mktemp("linked"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        Path("more.csv").write_text(MORE, "utf-8")
        out("calls", "import", "more.csv", "--format", "generic")
        out("bill", "2026-02", "--on", "2026-03-02")
        out("issue", "2026-02", "--on", "2026-03-02")
        Path("documents").mkdir()
        for number in ("F-2026-00001", "F-2026-00002"):
            Path("documents", f"{number}.pdf").write_bytes(PDF + number.encode())
        Path("permanence.toml").write_text('[portal]\naddress = "https://portail.example"\n', "utf-8")
        links = values("portal", "link", "--all")["links"]
        Path("tokens").write_text(" ".join(one["address"].rpartition("/")[2] for one in links), "utf-8")
    return here


@pytest.fixture
def portal(linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """Return the pages of a copy of that service, which is the current folder."""
    here = tmp_path / "here"
    shutil.copytree(linked, here)
    monkeypatch.chdir(here)
    files = OnFile(Path("rules"), Path("contracts"), Path("sellers"), Path("billing.db"), "calls.db")
    month = KeptMonth(files, Plugins.installed(), datetime(2026, 2, 2, tzinfo=UTC))
    month()
    opened = partial(pages_opened, month, Path("portal.db"), Path("documents"))
    tokens = dict(zip(("C0001", "C0002"), Path("tokens").read_text("utf-8").split(), strict=True))
    return Portal(here, tokens, Asked(application(opened)), month)
