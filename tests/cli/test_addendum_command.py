"""An option of a later version for a contract that keeps its own: quoted, signed, billed, held when it is edited."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SMALL_OFFER as OLD
from tests.cli.conftest import SMALL_OFFER_NEXT as NEW
from tests.cli.conftest import sell_next, unsigned
from tests.cli.typed import out, refused, typed, values

LIST, LATER = Path("contracts/customers.toml"), Path("rules/small-2026-10-01.toml")
BILL = ("bill", "2026-10", "--on", "2026-11-02", "--incomplete")


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a copy of the small service the current folder; a later version of its offer has an option more."""
    shutil.copytree(small, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    sell_next(Path())
    (later,) = [path for path in Path("rules").glob("*.toml") if f"sold_from = {NEW[-10:]}" in path.read_text("utf-8")]
    if later != LATER:
        later.rename(LATER)
    text = LATER.read_text("utf-8")
    LATER.write_text(text.replace("\n[[rule]]", '\n[option.bilingual]\nprice = "39.00"\n\n[[rule]]', 1), "utf-8")
    typed("check", str(LATER), "--write-examples")


def addendum(*words: str) -> Path:
    """Return the file of an addendum for the first contract."""
    number = values("addendum", "C0001", "bilingual", "--on", "2026-10-05", "--save", "quotes", *words)["number"]
    return Path("quotes", f"{number}.toml")


def lines_of(invoice: str) -> list[dict[str, Any]]:
    return list(values("explain", invoice)["lines"])


def test_the_option_is_billed_at_the_price_of_its_version_and_nothing_else_changes() -> None:
    out(*BILL)
    before = {name: lines_of(f"2026-10-{name}") for name in ("C0001", "C0002")}
    told = out("sign", str(addendum()), "--on", "2026-10-06").splitlines()
    assert told[0].startswith(f"Contrat C0001 : option « Secrétaire bilingue » de {NEW}, avenant A-20261005-")
    assert typed("check").exit_code == 0
    out(*BILL)
    assert lines_of("2026-10-C0002") == before["C0002"]
    *same, added = lines_of("2026-10-C0001")
    assert same == before["C0001"]
    assert (added["code"], added["unit_price_micros"], added["days"], added["of_days"]) == (
        "option.bilingual",
        39_000_000,
        26,
        31,
    )
    assert (added["rule"]["file"], added["rule"]["text"]) == (
        LATER.as_posix(),
        ["[option.bilingual]", 'price = "39.00"'],
    )


def test_how_many_of_an_option_are_quoted_signed_and_billed() -> None:
    asked = ("addendum", "C0001", "bilingual:quantity=1", "--on", "2026-10-05")
    number = values(*asked, "--save", "quotes")["number"]
    assert values(*asked)["with"] == {"quantity": 1}
    assert "× 1" in out(*asked)
    out("sign", f"quotes/{number}.toml", "--on", "2026-10-06")
    assert "quantity = 1" in LIST.read_text("utf-8")
    assert typed("check").exit_code == 0
    for more, told in (
        ("quantity=3", "is taken once, not more"),
        ("quantity", "settles nothing"),
        ("level=2", "OPTION: "),
    ):
        assert told in refused("addendum", "C0002", f"bilingual:{more}", "--on", "2026-10-05")[0]


def test_an_addendum_says_what_it_adds_and_what_stays() -> None:
    told = out("addendum", "C0001", "bilingual", "--on", "2026-10-05").replace("\u00a0", " ").replace("\u202f", " ")
    assert "au contrat C0001" in told
    assert f"Option     Secrétaire bilingue, de {NEW}" in told
    assert "39,00 €  par mois" in told
    assert f"Tous les autres prix restent ceux de {OLD}." in told


def test_an_option_that_is_edited_after_its_signature_holds_whoever_signed_it() -> None:
    out("sign", str(addendum()), "--on", "2026-10-06")
    LATER.write_text(LATER.read_text("utf-8").replace('price = "39.00"', 'price = "41.00"'), "utf-8")
    typed("check", str(LATER), "--correct-examples")
    assert f'the option "bilingual" of {NEW} is not the one that was signed' in refused("check")[0]
    holds = values(*BILL)["holds"]
    assert [(hold["contract"], hold["reason"]) for hold in holds] == [
        ("C0001", f"L'option « Secrétaire bilingue » de {NEW} a été modifiée après la signature de l'avenant.")
    ]


def test_every_value_of_an_addendum_that_is_edited_is_found() -> None:
    file = addendum()
    text = file.read_text("utf-8")
    edits = {
        'unit_price = "39.00"': 'unit_price = "29.00"',
        'due = "recurring"': 'due = "usage"',
        "by_days = true": "by_days = false",
        'option = "bilingual"': 'option = "sms"',
        f'of = "{NEW}"': f'of = "{OLD}"',
        "valid_until = 2026-11-04": "valid_until = 2026-12-04",
        'contract = "C0001"': 'contract = "C0002"',
        "vat_rate = 2000": "vat_rate = 1000",
    }
    for before, after in edits.items():
        assert before in text
        file.write_text(text.replace(before, after), "utf-8")
        refused("sign", str(file), "--on", "2026-10-06")
        assert "[[event]]" not in LIST.read_text("utf-8"), after


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("C9", "bilingual", "--on", "2026-10-05"), 'CONTRACT: there is no contract "C9"; known: C0001, C0002'),
        (
            ("C0001", "bilingal", "--on", "2026-10-05"),
            f'OPTION: {NEW}, on sale on 2026-10-05, has no option "bilingal"',
        ),
        (
            ("C0001", "bilingual", "--on", "2026-09-05"),
            f'OPTION: {OLD}, on sale on 2026-09-05, has no option "bilingual"',
        ),
    ],
)
def test_what_cannot_be_quoted_is_told(words: tuple[str, ...], told: str) -> None:
    assert refused("addendum", *words)[0].startswith(told)


def test_an_addendum_is_signed_once_in_its_days_and_without_lines_of_its_own() -> None:
    file = addendum()
    assert "can be signed from 2026-10-05 to 2026-11-04" in refused("sign", str(file), "--on", "2026-11-05")[0]
    assert refused("sign", str(file), "--line", "X", "--on", "2026-10-06")[0].startswith("--line: A-20261005-")
    out("sign", str(file), "--on", "2026-10-06")
    assert "was signed already, for contract C0001" in refused("sign", str(file), "--on", "2026-10-06")[0]
    assert 'has "bilingual" on 2026-10-07 already' in refused("addendum", "C0001", "bilingual", "--on", "2026-10-07")[0]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (f'what = "option_added"\noption = "bilingual"\nof = "{NEW}"', '"of" stands without "digest"'),
        (f'what = "suspended"\nof = "{NEW}"', '"of" says nothing about suspended'),
        (
            'what = "option_added"\noption = "bilingual"\nof = "x@2026-10-01"\ndigest = "0"\nquote = "A"',
            'the option "bilingual" is of "x@2026-10-01", which is no version of accueil',
        ),
        (
            f'what = "option_added"\noption = "sms"\nof = "{NEW}"\ndigest = "0"\nquote = "A"',
            f'{NEW} has no option "sms"',
        ),
        (
            f'what = "option_added"\noption = "bilingual"\nof = "{NEW}"\ndigest = "0"\nquote = "A"',
            f'the option "bilingual" of {NEW} is not the one that was signed',
        ),
    ],
)
def test_an_event_that_was_written_by_hand_is_held_against_the_version_that_it_names(event: str, told: str) -> None:
    text = LIST.read_text("utf-8")
    LIST.write_text(f'{text}\n[[event]]\ncontract = "C0001"\non = 2026-10-06\n{event}\n', "utf-8")
    assert told in refused("check")[0]


def note(event: str) -> None:
    """Write an event of the first contract to its file."""
    text = LIST.read_text("utf-8")
    LIST.write_text(f'{text}\n[[event]]\ncontract = "C0001"\n{event}\n', "utf-8")


def test_abroad_the_tax_goes_by_its_name_there() -> None:
    unsigned(LIST)
    LIST.write_text(LIST.read_text("utf-8").replace('region = "FR"', 'region = "AU"'), "utf-8")
    for path in Path("rules").glob("*.toml"):
        text = path.read_text("utf-8")
        abroad = 'country = "AU"\ntimezone = "Australia/Sydney"\nsold_from'
        path.write_text(text.replace("sold_from", abroad, 1), "utf-8")
        typed("check", str(path), "--write-examples")
    asked = ("addendum", "C0001", "bilingual", "--on", "2026-10-05")
    told = out(*asked).replace("\u00a0", " ")
    assert "S'y ajoute la taxe : GST 10 %." in told
    assert "TVA" not in told
    assert values(*asked)["vat"]["name"] == "GST"


def test_a_discount_that_was_granted_is_said_where_it_is_of_the_option_too() -> None:
    asked = ("addendum", "C0001", "bilingual", "--on", "2026-10-05")
    assert values(*asked)["discounts"] == []
    granted = (("", "2027-03-31"), ('of = ["package"], ', "2027-03-31"), ("", "2026-09-30"))
    for number, (of, until) in enumerate(granted, 1):
        discount = f'percent = "-{number}0", {of}until = {until}, why = "Fidélité"'
        note(f'on = 2026-09-0{number}\nwhat = "discount_granted"\ndiscount = {{ {discount} }}')
    note('on = 2026-09-11\nwhat = "discount_granted"\ndiscount = { amount = "-5.00", why = "Geste" }')
    note('on = 2026-09-12\nwhat = "price_agreed"\nagreed = { charge = "package", amount = "9.00", why = "Convenu" }')
    (told,) = values(*asked)["discounts"]
    start = "Remise de 10\u00a0%, à compter du 1er septembre 2026, jusqu'au 30 mars 2027 inclus"
    assert told == f"{start} : Fidélité"
    file = addendum()
    assert "Fidélité" in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace("Remise de 10", "Remise de 50"), "utf-8")
    assert "was edited" in refused("sign", str(file), "--on", "2026-10-06")[0]
    out("sign", str(addendum("--valid", "29 days")), "--on", "2026-10-06")
    out(*BILL)
    (shared,) = (
        line for line in lines_of("2026-10-C0001") if line["sentence"].startswith("Remise convenue : −\u00a010")
    )
    assert "Secrétaire bilingue" in shared["sentence"]
