"""A customer list that does not say when service began: imported, told, and each contract waits until it is noted."""

import shutil
from pathlib import Path

import pytest
from permanence.contracts.waiting import NOT_LIVE

from tests.cli.conftest import CALLS
from tests.cli.typed import out, values

LIST = """account,line,customer,kind,region,mission,signed,{column}options,note
C0001,+33199000001,Café du Port,professional,FR,simple,2026-01-02,{day},
C0002,+33199000002,Bar du Port,professional,FR,simple,2026-01-02,{none},
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(Path(__file__).parent / "small" / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)


def imported(text: str) -> list[str]:
    Path("customers.csv").write_text(text, encoding="utf-8")
    return out("contracts", "import", "customers.csv", "--offer", "accueil@2026-01-01").splitlines()


def waiting(month: str) -> list[tuple[str, str]]:
    holds = values("bill", month, "--on", "2026-11-01")["holds"]
    return [(hold["contract"], hold["reason"]) for hold in holds]


def test_a_list_without_first_days_of_service_is_imported_and_waits_for_them() -> None:
    Path("calls.csv").write_text(CALLS, encoding="utf-8")
    told = imported(LIST.format(column="", day="", none=""))
    assert told[0] == "2 contracts in contracts/customers.toml"
    assert told[1].startswith("2 without a first day of service: not billed before it is noted; ")
    assert "a column live" in told[1]
    out("calls", "import", "calls.csv", "--format", "generic")
    assert waiting("2026-02") == [("C0001", NOT_LIVE), ("C0002", NOT_LIVE)]
    event = 'format = 1\n\n[[event]]\ncontract = "C0002"\non = 2026-02-10\nwhat = "go_live"\n'
    Path("contracts", "events.toml").write_text(event, encoding="utf-8")
    assert waiting("2026-02") == [("C0001", NOT_LIVE)]
    assert values("bill", "2026-01", "--on", "2026-11-01")["holds"][0]["contract"] == "C0001"


def test_a_list_with_them_waits_for_those_that_lack() -> None:
    told = imported(LIST.format(column="live,", day="2026-01-05,", none=","))
    assert told[1].startswith("1 without a first day of service")


def test_a_list_in_which_none_lacks_says_no_more() -> None:
    assert len(imported(LIST.format(column="live,", day="2026-01-05,", none="2026-01-05,"))) == 1
