"""`permanence contracts pin` as typed: fingerprints written into contract files, every other sign of which stays."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.typed import found_wrong, out, refused, values

ROOT = Path(__file__).parents[2]
ASKED = ("essentielle", "--for", "Garage du Parc", "--calls", "180", "--on", "2026-11-23", "--save", "quotes")
FILE = Path("contracts/customers.toml")
TEXT = """# Les clients du matin.
format = 1

[[contract]]
id = "C0001"   # le premier
customer = { name = "Garage du Parc" }
offer = "essentielle@2023-01-01"
lines = ["C0001"]
signed = 2026-03-10 # un mardi

[[contract.option]]
id = "bilingual"

[[contract]]
id = "C0002"
customer = { name = "Fleurs d'Avril" }
offer = "a-la-carte@2023-01-01"
lines = ["C0002"]
signed = 2026-03-11"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "contracts").mkdir()
    monkeypatch.chdir(tmp_path)
    FILE.write_text(TEXT, "utf-8")
    return tmp_path


def pinned_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("digest = ", "fingerprint = "))]


@pytest.mark.parametrize(("start", "end"), [("", "\n"), ("\ufeff", "\r\n"), ("", "\r\n")])
def test_every_other_sign_of_a_file_stays(start: str, end: str) -> None:
    FILE.write_bytes((start + TEXT.replace("\n", end)).encode())
    assert out("contracts", "pin") == "2 contracts in contracts/customers.toml: the fingerprint was written\n"
    after = FILE.read_bytes().decode()
    kept = [line for line in after.split(end) if not line.startswith(("digest = ", "fingerprint = "))]
    assert end.join(kept).rstrip() == start + TEXT.replace("\n", end)
    assert len(pinned_lines(after)) == 4
    assert after.index("bilingual") > after.index("fingerprint") > after.index("un mardi")
    assert found_wrong() == []
    assert out("contracts", "pin") == ("every contract has the fingerprint of what was signed; nothing was written\n")


def test_pinning_one_contract_leaves_the_others_to_a_warning() -> None:
    out("contracts", "pin", "C0001")
    assert [(problem["severity"], problem["what"]) for problem in found_wrong()] == [
        ("warning", "1 contract has no fingerprint of what was signed: C0002")
    ]


def test_an_edit_is_refused_and_a_slip_of_the_pen_is_corrected_by_name() -> None:
    out("contracts", "pin")
    FILE.write_text(FILE.read_text("utf-8").replace("Garage du Parc", "Garage du Port"), "utf-8")
    told = refused("check")[0]
    assert told.startswith(
        'contracts/customers.toml:4:1: contract "C0001": it is not as it was signed: the customer\'s name; '
        "put it back; a slip of the pen is corrected by `permanence contracts pin C0001 --correct`"
    )
    assert out("contracts", "pin", "C0001").endswith("nothing was written\n")
    assert out("contracts", "pin", "C0001", "--correct").splitlines()[0] == "C0001: corrected the customer's name"
    assert found_wrong() == []


def test_a_contract_that_says_otherwise_than_its_quote_is_not_pinned() -> None:
    number = values("quote", *ASKED)["number"]
    out("sign", f"quotes/{number}.toml", "--line", "+33199000098", "--on", "2026-11-25", "--contract", "C0009")
    signed = Path("contracts/C0009.toml")
    text = "".join(line for line in signed.read_text("utf-8").splitlines(True) if not line.startswith("fingerprint"))
    signed.write_text(text.replace('mission = "simple"', 'mission = "complex"'), "utf-8")
    assert refused("check", str(signed))[0].startswith(
        f'contracts/C0009.toml:4:1: contract "C0009": it pins the quote {number}, and has no fingerprint'
    )
    assert refused("contracts", "pin", "C0009")[0] == (
        f'contracts/C0009.toml:4:1: contract "C0009": its mission is not that of its quote {number}; write what was '
        "signed, simple; what changed since is an [[event]]"
    )
    assert refused("contracts", "pin", "C0009", "--quotes", "elsewhere")[0].endswith(
        "name the folder of quotes with --quotes"
    )
    signed.write_text(text, "utf-8")
    out("contracts", "pin", "C0009")
    assert found_wrong(str(signed)) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("C001",), 'CONTRACT: there is no contract "C001"; did you mean "C0001"?'),
        (("--correct",), "--correct: no contract is named; name each contract that was corrected"),
    ],
)
def test_what_cannot_be_pinned_is_told_and_nothing_is_written(words: tuple[str, ...], told: str) -> None:
    assert refused("contracts", "pin", *words)[0] == told
    assert FILE.read_text("utf-8") == TEXT


def test_contracts_in_a_list_on_one_line_are_told_how_to_be_written() -> None:
    FILE.write_text(
        'format = 1\ncontract = [{ id = "C1", customer = { name = "A" }, offer = "essentielle@2023-01-01", '
        'lines = ["C1"], signed = 2026-03-10 }]\n',
        "utf-8",
    )
    assert refused("contracts", "pin")[0] == (
        "contracts/customers.toml:2:13: it has no header of its own; write it as a [[table]]"
    )


def test_a_list_of_customers_comes_in_with_its_fingerprints() -> None:
    FILE.unlink()
    Path("list.csv").write_text(
        "account,line,customer,kind,region,mission,signed,options,note\n"
        "C1,+33199000001,Garage du Parc,professional,FR,simple,2026-03-10,sms,\n"
        "C2,+33199000002,Fleurs d'Avril,consumer,FR-974,simple,2022-03-10,,\n",
        "utf-8",
    )
    assert refused("contracts", "import", "list.csv", "--offer", "essentielle@2023-01-01")[0].startswith(
        'list.csv:3:1: contract "C2": essentielle@2023-01-01 is sold from 2023-01-01, after the day of signature'
    )
    Path("list.csv").write_text(Path("list.csv").read_text("utf-8").replace("2022-", "2026-"), "utf-8")
    out("contracts", "import", "list.csv", "--offer", "essentielle@2023-01-01")
    assert len(pinned_lines(Path("contracts/list.toml").read_text("utf-8"))) == 4
    assert out("contracts", "pin").endswith("nothing was written\n")


def test_a_list_of_customers_is_held_against_the_contracts_that_are_there() -> None:
    Path("more.csv").write_text(
        "account,line,customer,kind,region,mission,signed,options,note\n"
        "C0001,+33199000003,Garage du Parc,professional,FR,simple,2026-03-10,sms,\n"
        "C3,C0002,Fleurs d'Avril,consumer,FR-974,simple,2026-03-10,,\n",
        "utf-8",
    )
    told = refused("contracts", "import", "more.csv", "--offer", "essentielle@2023-01-01")
    assert [line.split(": ", 1)[1].split(";")[0] for line in told if ".csv" in line or "hold" in line] == [
        'contract "C0001" is there twice',
        '"C0002" and "C3" both hold the line "C0002" from 2026-03-11',
    ]
    assert not Path("contracts/more.toml").exists()


def test_no_correction_takes_an_edited_rule_file_for_the_one_that_was_signed() -> None:
    out("contracts", "pin")
    rule = Path("rules/essentielle-2023-01-01.toml")
    rule.write_text("# Prices of today.\n" + rule.read_text("utf-8"), "utf-8")
    FILE.write_text(re.sub(r'digest = "[0-9a-f]{64}"\n', "", FILE.read_text("utf-8"), count=1), "utf-8")
    before = FILE.read_bytes()
    (told, *_) = refused("contracts", "pin", "C0001", "--correct")
    assert told.startswith(
        'contracts/customers.toml:4:1: contract "C0001": rules/essentielle-2023-01-01.toml is not the text that '
        "was signed"
    )
    assert FILE.read_bytes() == before
