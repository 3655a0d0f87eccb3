"""`permanence quote` and `permanence sign` as typed: what people read, what scripts get, what is refused."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from permanence.model.words.amounts import in_money
from permanence.model.words.french import typeset

from tests.cli.typed import found_wrong, out, refused, typed, values

ROOT, GOLDEN = Path(__file__).parents[2], Path(__file__).parent / "golden" / "quote"
SPACES = str.maketrans("\u00a0\u202f", "  ")
ASKED = ("--for", "Garage du Parc", "--calls", "180", "--on", "2026-11-23")
OPTIONS = ("--option", "bilingual", "--option", "sms", "--option", "callback")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the offers on sale, and one contract."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def unguarded() -> None:
    """Take away the contract that nothing holds to what was signed."""
    Path("contracts/exemple.toml").unlink()


def saved(*words: str) -> Path:
    """Return the file of a quote that was saved."""
    number = values("quote", "essentielle", *ASKED, *OPTIONS, "--save", "quotes", *words)["number"]
    return Path("quotes", f"{number}.toml")


def kept(name: str) -> list[str]:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def read(*words: str) -> list[str]:
    """Return what people read of a quote, spaces plain; its number follows the digest of the rule file."""
    lines = out("quote", *words).translate(SPACES).splitlines()
    return [re.sub(r"^Devis D-20261123-[0-9A-F]{6}$", "Devis", line.rstrip()) for line in lines]


def test_a_quote_reads_as_it_is_kept_on_file() -> None:
    assert read("essentielle", *ASKED, *OPTIONS) == kept("essentielle")


def test_an_offer_of_all_hours_and_one_without_commitment_read_as_they_are_kept_on_file() -> None:
    asked = ("--for", "Clinique des Deux Rives", "--calls", "1", "--on", "2026-11-23")
    for name, words in (
        ("continue", ("--region", "FR-973", "--mission", "complex")),
        ("a-la-carte", ("--kind", "consumer")),
    ):
        assert read(name, *asked, *words) == kept(name)


def test_for_scripts_amounts_are_numbers_that_sum() -> None:
    summary = values("quote", "essentielle", *ASKED, *OPTIONS, "--valid", "2 weeks", "--region", "FR-974")
    assert (summary["made"], summary["valid_until"], summary["band"]) == ("2026-11-23", "2026-12-07", 250)
    assert summary["vat"] == {"rate_bp": 850, "reason": "Taux applicable à La Réunion (art. 296 du CGI)"}
    for part in ("month", "once"):
        assert summary[part]["net_cents"] == sum(line["amount_cents"] for line in summary[part]["lines"])
        assert summary[part]["total_cents"] == summary[part]["net_cents"] + summary[part]["vat_cents"]
    growth = next(price for price in summary["prices"] if price["every"])
    assert (growth["code"], growth["unit_price_micros"], growth["from"], growth["up_to"]) == (
        "bands",
        65_000_000,
        351,
        None,
    )


def test_a_saved_quote_and_its_page_are_the_same_each_time() -> None:
    file = saved("--html", "quote.html")
    first = file.read_bytes(), Path("quote.html").read_bytes()
    assert saved("--html", "quote.html") == file
    assert (file.read_bytes(), Path("quote.html").read_bytes()) == first


class Page(HTMLParser):
    """The words of a page, and everything that it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [str(value) for name, value in attrs if name in ("src", "href")]


def test_the_page_has_every_price_and_sentence_and_fetches_nothing() -> None:
    summary = values("quote", "continue", "--for", "<Dupont & fils>", "--calls", "60", "--html", "quote.html")
    page = Page()
    page.feed(Path("quote.html").read_text(encoding="utf-8"))
    assert page.fetched == []
    assert "url(" not in Path("quote.html").read_text(encoding="utf-8")
    text = "\n".join(page.words)
    assert "<Dupont & fils> (professionnel, métropole)" in text
    for sentence in (*summary["coverage"], *summary["terms"]):
        assert typeset(sentence) in page.words
    for price in summary["prices"]:
        assert any(word.endswith(in_money(price["unit_price_micros"] // 10_000, "EUR")) for word in page.words), price
    assert in_money(summary["month"]["total_cents"], "EUR") in page.words


def test_a_quote_is_signed_into_a_contract_that_is_billed_like_any_other() -> None:
    file = saved()
    words = ("sign", str(file), "--line", "+33199000011", "--on", "2026-11-25", "--live", "2026-12-01")
    assert out(*words).splitlines() == [
        f"Contrat C0001 : Garage du Parc, essentielle@2023-01-01, devis {file.stem}",
        "Signé le 25 novembre 2026, en service le 1er décembre 2026 : contracts/C0001.toml",
    ]
    assert values("check")["contracts"] == 2
    played: Any = values("simulate-life", "C0001", "--until", "2027-01-31", "--calls", "180/month")
    assert [month["net_cents"] for month in played["months"]] == [
        values("quote", "essentielle", *ASKED, *OPTIONS)[part]["net_cents"] + (8_000 if first else 0)
        for part, first in (("month", True), ("month", False))
    ]


def test_a_contract_has_the_number_that_is_given_to_it() -> None:
    file = saved()
    assert values("sign", str(file), "--line", "+33199000012", "--on", "2026-11-25", "--contract", "SUD-1") == {
        "contract": "SUD-1",
        "file": "contracts/SUD-1.toml",
        "quote": file.stem,
        "offer": "essentielle@2023-01-01",
        "signed": "2026-11-25",
        "live": None,
    }


def test_a_contract_that_is_signed_without_a_first_day_says_that_it_is_to_be_noted() -> None:
    told = out("sign", str(saved()), "--line", "+33199000012", "--on", "2026-11-25").splitlines()[1]
    assert told == (
        "Signé le 25 novembre 2026, mise en service à noter (rien n'est facturé avant elle) : contracts/C0001.toml"
    )


def test_a_quote_is_signed_once() -> None:
    file = saved()
    out("sign", str(file), "--line", "+33199000011", "--on", "2026-11-25")
    for number in ((), ("--contract", "SUD-1")):
        assert refused("sign", str(file), "--line", "+33199000012", "--on", "2026-11-25", *number)[0] == (
            f"{file}:2:10: {file.stem} was signed already: contract C0001, in contracts/C0001.toml; "
            "make a new quote for a second contract, with another --for or --on"
        )
    assert [path.name for path in Path("contracts").glob("C*.toml")] == ["C0001.toml"]


def test_a_quote_is_not_saved_over_a_file_that_says_otherwise() -> None:
    file = saved()
    before = file.read_bytes()
    assert saved() == file
    assert file.read_bytes() == before
    file.write_bytes(before + b"# mine\n")
    assert refused("quote", "essentielle", *ASKED, *OPTIONS, "--save", "quotes") == [
        f"{file}: {file.stem} is there already, and this file says otherwise; move it away first"
    ]
    assert file.read_bytes() == before + b"# mine\n"


def test_a_contract_s_rule_file_cannot_be_edited_any_more() -> None:
    unguarded()
    out("sign", str(saved()), "--line", "+33199000011", "--on", "2026-11-25")
    rule = Path("rules/essentielle-2023-01-01.toml")
    rule.write_text(rule.read_text("utf-8").replace('price = "39.00"', 'price = "38.00"'), "utf-8")
    rule.write_text(rule.read_text("utf-8").replace('total = "118.00"', 'total = "117.00"'), "utf-8")
    assert refused("check")[0].startswith(
        "rules/essentielle-2023-01-01.toml:9:13: essentielle@2023-01-01 was edited after 1 contract signed it: C0001; "
    )
    assert refused("check", "contracts/C0001.toml")[0].startswith(
        'contracts/C0001.toml:4:1: contract "C0001": rules/essentielle-2023-01-01.toml was edited after C0001 signed '
        "it; put its text back: a new price is a new file with a later `sold_from`"
    )
    Path("calls.csv").write_text(
        "call_id,start,wait_seconds,talk_seconds,status\n1,2026-11-20T10:00:00+01:00,3,60,answered\n", "utf-8"
    )
    out("calls", "import", "calls.csv", "--format", "generic")
    holds = values("bill", "2026-12", "--on", "2027-01-01", "--incomplete")["holds"]
    assert holds == [
        {
            "contract": "C0001",
            "reason": "Le fichier rules/essentielle-2023-01-01.toml a été modifié après la signature de C0001 : "
            "ses prix ne sont plus sûrs.",
            "calls": 0,
        }
    ]


def test_a_contract_that_changed_to_another_offer_pins_the_first_file_no_more() -> None:
    unguarded()
    out("sign", str(saved()), "--line", "+33199000011", "--on", "2026-11-25")
    signed, rule = Path("contracts/C0001.toml"), Path("rules/essentielle-2023-01-01.toml")
    newer = rule.read_text("utf-8").replace("sold_from = 2023-01-01", "sold_from = 2026-12-01")
    Path("rules/essentielle-2026-12-01.toml").write_text(newer, "utf-8")
    event = '\n[[event]]\non = 2027-06-01\nwhat = "offer_changed"\noffer = "essentielle@2026-12-01"\n'
    signed.write_text(signed.read_text("utf-8") + event, "utf-8")
    assert found_wrong() == []
    rule.write_text(f"# Edited.\n{rule.read_text('utf-8')}", "utf-8")
    problem, *_ = values_of_problems()
    assert problem == "essentielle@2023-01-01 was edited after 1 contract signed it: C0001"


def values_of_problems() -> list[str]:
    """Return what `permanence check` finds wrong."""
    return [problem["what"] for problem in json.loads(typed("check", "--json").stdout)["problems"]]


def test_signing_never_overwrites_a_contract() -> None:
    file = saved()
    other = Path("contracts/exemple.toml").read_text("utf-8").replace("EXEMPLE-1", "EXEMPLE-2").replace("0099", "0098")
    Path("contracts/C0001.toml").write_text(other, "utf-8")
    before = Path("contracts/C0001.toml").read_bytes()
    (told,) = refused("sign", str(file), "--line", "X", "--on", "2026-11-25")
    assert told == (
        "contracts/C0001.toml: this file is there already; give the contract another number with --contract"
    )
    assert Path("contracts/C0001.toml").read_bytes() == before
    (held,) = refused("sign", str(file), "--line", "X", "--on", "2026-11-25", "--contract", "EXEMPLE-1")
    assert held.startswith('contract EXEMPLE-1: contract "EXEMPLE-1" is there twice; the first: contracts/exemple')
    for odd in ("../C1", ".", "", "a\\b"):
        (told,) = refused("sign", str(file), "--line", "X", "--on", "2026-11-25", "--contract", odd)
        assert f'"{odd}" cannot name a file' in told


def test_signing_waits_until_the_other_contracts_can_be_read() -> None:
    file = saved()
    Path("contracts/bad.toml").write_text("format = 2\n", "utf-8")
    assert refused("sign", str(file), "--line", "X", "--on", "2026-11-25")[0].startswith("contracts/bad.toml:1:")
    assert not Path("contracts/C0001.toml").exists()


def test_a_slip_in_another_contract_keeps_nobody_from_signing() -> None:
    file = saved()
    slip = Path("contracts/exemple.toml").read_text("utf-8").replace("EXEMPLE-1", "EXEMPLE-2").replace("0099", "0098")
    Path("contracts/slip.toml").write_text(slip.replace("Garage du Parc", " "), "utf-8")
    out("sign", str(file), "--line", "+33199000011", "--on", "2026-11-25")
    assert Path("contracts/C0001.toml").exists()
    holder = ("sign", str(saved("--for", "Boulangerie du Pont")), "--line", "+33199000011", "--on", "2026-11-24")
    assert refused(*holder)[0].startswith(
        'contracts/C0001.toml:4:1: "C0001" and "C0002" both hold the line "+33199000011" from 2026-11-25'
    )


def test_a_quote_file_that_is_none_is_refused_with_its_places() -> None:
    file = saved()
    file.write_text(file.read_text("utf-8").replace("calls = 180", 'calls = "180"'), "utf-8")
    (told, *_) = refused("sign", str(file), "--line", "X")
    assert told.startswith(f'{file}:11:9: "calls" must be a whole number, not a text')


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("essentiele", *ASKED), 'OFFER: there is no offer "essentiele"; did you mean "essentielle"?'),
        (
            ("essentielle", *ASKED[:-1], "2022-12-31"),
            "OFFER: essentielle is not sold on 2022-12-31; its first version is essentielle@2023-01-01",
        ),
        (
            ("essentielle@2023-01-01", *ASKED[:-1], "2022-12-31"),
            "OFFER: essentielle@2023-01-01 is not sold on 2022-12-31; it is on sale from 2023-01-01",
        ),
        (
            ("essentielle", *ASKED, "--mission", "complexe"),
            '--mission: essentielle@2023-01-01 has no mission "complexe"; did you mean "complex"?',
        ),
        (
            ("a-la-carte", *ASKED, "--option", "night_duty"),
            '--option: a-la-carte@2023-01-01 has no option "night_duty"; known: ',
        ),
        (("essentielle", *ASKED, "--option", "sms", "--option", "sms"), '--option: "sms" is there twice'),
        (
            ("essentielle", *ASKED, "--option", "night_duty", "--option", "round_the_clock"),
            '--option: hours would be paid for twice: "round_the_clock" covers those of "night_duty"; ',
        ),
        (("essentielle", *ASKED, "--region", "974"), '--region: "974" is no region; did you mean "FR-974"?'),
        (("essentielle", "--for", " ", *ASKED[2:]), "--for: the customer has no name"),
        (("essentielle", *ASKED, "--valid", "1 moon"), '--valid: "1 moon" is not a span such as "3 months"'),
        (("essentielle", *ASKED[:-1], "1999-01-01"), "--on: 1999-01-01 is not between 2000 and 2199"),
    ],
)
def test_what_cannot_be_quoted_is_told_in_a_sentence(words: tuple[str, ...], what: str) -> None:
    assert refused("quote", *words)[0].startswith(what)


def test_offers_with_a_problem_are_not_quoted() -> None:
    rule = Path("rules/a-la-carte-2023-01-01.toml")
    rule.write_text(rule.read_text("utf-8").replace('total = "24.00"', 'total = "25.00"'), "utf-8")
    (told, *_) = refused("quote", "essentielle", *ASKED)
    assert told.startswith("rules/a-la-carte-2023-01-01.toml:")


def test_an_id_is_the_version_on_sale_on_the_day_and_a_version_is_itself() -> None:
    newer = Path("rules/essentielle-2026-10-01.toml")
    text = Path("rules/essentielle-2023-01-01.toml").read_text("utf-8")
    newer.write_text(text.replace("sold_from = 2023-01-01", "sold_from = 2026-10-01"), "utf-8")
    for name, day, version in (
        ("essentielle", "2026-09-30", "2023-01-01"),
        ("essentielle", "2026-10-01", "2026-10-01"),
        ("essentielle@2023-01-01", "2026-10-01", "2023-01-01"),
    ):
        found = values("quote", name, *ASKED[:-1], day)
        assert found["offer"] == f"essentielle@{version}"


def test_more_calls_than_the_bands_have_a_price_for_are_told() -> None:
    rule = Path("rules/essentielle-2023-01-01.toml")
    text = rule.read_text("utf-8").replace('then = { every = 100, simple = "65.00", complex = "84.50" }', "")
    rule.write_text(text[: text.index("[[example]]")], "utf-8")
    (told,) = refused("quote", "essentielle", "--for", "Garage du Parc", "--calls", "351")
    assert told == "--calls: essentielle@2023-01-01 has no price for 351 calls a month; its bands have a top"


def test_without_a_contract_there_is_nothing_to_read_first(folder: Path) -> None:
    shutil.rmtree(folder / "contracts")
    assert json.loads(typed("sign", str(saved()), "--line", "X", "--on", "2026-11-30", "--json").stdout)["signed"]
    assert Path("contracts/C0001.toml").exists()


def test_thousands_of_calls_are_written_as_in_french() -> None:
    told = out("quote", "continue", *ASKED[:2], "--calls", "2000", "--option", "sms", *ASKED[4:])
    assert "2\u202f000 × 0,12" in told
    assert "(2\u202f000 attendus)" in told
