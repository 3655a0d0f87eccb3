"""A small answering service, made and imported once; each test has a copy of its own as the current folder."""

import shutil
from pathlib import Path

import pytest
from permanence.cli.sample.seller import SELLER
from permanence.read.parties.sellers import write_seller

from tests.cli.typed import out, values
from tests.money.camt import camt, entry, transaction

RULES = Path(__file__).parents[2] / "rules"
SMALL_OFFER, SMALL_OFFER_NEXT = "accueil@2026-01-01", "accueil@2026-10-01"
LEGAL = "address,postcode,town,siren,iban,mandate,mandate_signed"
MANDATE = "FR7699999000010000000000115,RUM-C0001,2026-01-02"
CUSTOMERS = f"""account,line,customer,kind,region,mission,signed,live,options,note,{LEGAL}
C0001,+33199000001,Café du Port,professional,FR,simple,2026-01-02,2026-01-02,,,1 quai,59000,Lille,none,{MANDATE}
C0002,+33199000002,Bar du Port,professional,FR,simple,2026-01-02,2026-01-02,,,2 quai,59000,Lille,none,,,
"""
CALLS = """call_id,start,wait_seconds,talk_seconds,status,number,caller
1,2026-02-02T10:00:00+01:00,3,60,answered,+33199000001,+33199000077
"""


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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an offer of two rules and its next version, two contracts, one call, and a quote.

    Its commands take so little time that they can be run at each moment of theirs.
    """
    return small_service(tmp_path_factory.mktemp("small"))


def small_service(here: Path) -> Path:
    """Make a small answering service in an empty folder, and return it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        shutil.copytree(Path(__file__).parent / "small" / "rules", "rules")
        text = Path("rules/small.toml").read_text("utf-8")
        Path("new.toml").write_text(text.replace("10.00", "12.00").replace("11.00", "13.00"), "utf-8")
        Path("customers.csv").write_text(CUSTOMERS, "utf-8")
        Path("sellers").mkdir()
        Path("sellers/exemple.toml").write_text(write_seller(SELLER), "utf-8")
        Path("calls.csv").write_text(CALLS, "utf-8")
        out("contracts", "import", "customers.csv", "--offer", SMALL_OFFER)
        out("calls", "import", "calls.csv", "--format", "generic")
        asked = ("--for", "X", "--calls", "5", "--on", "2026-09-01")
        number = values("quote", "accueil", *asked, "--save", "quotes")["number"]
        Path("quotes", f"{number}.toml").rename("quotes/X.toml")
    return here


def sell_next(folder: Path) -> None:
    """Put the next version of the small offer on sale in a copy of its folder."""
    text = (folder / "new.toml").read_text("utf-8").replace("sold_from = 2026-01-01", "sold_from = 2026-10-01")
    (folder / "rules" / "next.toml").write_text(text, "utf-8")


def unsigned(contracts: Path) -> None:
    """Take what was signed out of contracts: their rule file may be edited."""
    lines = contracts.read_text("utf-8").splitlines(keepends=True)
    contracts.write_text("".join(line for line in lines if not line.startswith(("digest", "fingerprint"))), "utf-8")


@pytest.fixture(scope="session")
def richer(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose next version has an option more, with a month billed and further calls."""
    return richer_service(small, tmp_path_factory.mktemp("richer") / "here")


def richer_service(small: Path, here: Path) -> Path:
    """Make such a folder out of the small service, and return it."""
    shutil.copytree(small, here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        sell_next(here)
        later = Path("rules/next.toml")
        option = '\n[option.bilingual]\nprice = "39.00"\n\n[[rule]]'
        later.write_text(later.read_text("utf-8").replace("\n[[rule]]", option, 1), "utf-8")
        out("check", "rules/next.toml", "--write-examples")
        Path("more.csv").write_text(CALLS.replace("\n1,", "\n2,"), "utf-8")
        Path("late.csv").write_text(CALLS.replace("\n1,", "\n3,"), "utf-8")
        Path("work.csv").write_text("contract,day,what,quantity\nC0001,2026-02-03,letters,1\n", "utf-8")
        out("bill", "2026-02")
        out("bill", "2026-01", "--incomplete")
        out("issue", "2026-02", "--on", "2026-03-02")
        out("calls", "import", "late.csv", "--format", "generic")
        out("bill", "2026-02")
        # By a copy of the database: nothing of it is noted, as if nobody had written any.
        shutil.copy("billing.db", "copy.db")
        out("documents", "2026-02", "--into", "written", "--billing", "copy.db")
        Path("copy.db").unlink()
        Path("camt.xml").write_text(camt("camt.054.001.08", [entry("12.00", inner=transaction("", said="x"))]), "utf-8")
        Path(values("backup", "backups")["folder"]).rename("backups/then")
    return here


@pytest.fixture
def folder(service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the service as the current folder, not billed yet."""
    return moved_to(service, tmp_path, monkeypatch)


@pytest.fixture
def after_billing(billed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the service as the current folder, both months billed."""
    return moved_to(billed, tmp_path, monkeypatch)


def moved_to(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(original, here)
    monkeypatch.chdir(here)
    return here
