"""What a salesperson agrees with one customer, from the quote that says it to the contract that holds it."""

from pathlib import Path

import pytest
from permanence.contracts.signature import fingerprint_of
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins

from tests.cli.typed import out, refused, values

ROOT = Path(__file__).parents[2]
ASKED = ("quote", "essentielle", "--for", "Garage du Parc", "--calls", "180", "--on", "2026-11-23")
TERMS = (
    *("--window", "weekdays"),
    *("--discount", "-10% of bands until 2027-06-30: Remise d'ouverture."),
    *("--discount", "15: Ami de la maison"),
    *("--agreed", "bands up to 250 = 219,00 from 2027-01-01: Prix convenu."),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the offers on sale, one of them counting desks, and no contract."""
    for name in ("rules", "contracts"):
        (tmp_path / name).mkdir()
    kept = next((ROOT / "rules").glob("essentielle*.toml"))
    offer = tmp_path / "rules" / kept.name
    desks = 'title = { fr = "Postes" }\nunit = { fr = "poste" }\nunits = { fr = "postes" }\nleast = 2\ndefault = 2\n'
    offer.write_text(f"{kept.read_text(encoding='utf-8')}\n[quantity.desks]\n{desks}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def signed() -> Path:
    """Return the contract's file of a quote with every kind of term."""
    number = values(*ASKED, *TERMS, "--quantity", "desks=3", "--save", "quotes")["number"]
    out("sign", f"quotes/{number}.toml", "--line", "+33199000099", "--on", "2026-12-01")
    return Path("contracts/C0001.toml")


def test_a_quote_says_in_words_what_was_agreed() -> None:
    assert values(*ASKED, *TERMS, "--quantity", "desks=3")["agreed"] == [
        "Horaires choisis : du lundi au vendredi, de 8 h à 19 h",
        "Postes : 3",
        "Remise de 10\u00a0% de la formule, jusqu'au 29 juin 2027 inclus : Remise d'ouverture",
        "Remise de 15,00\u00a0€ par mois : Ami de la maison",
        "Prix convenu pour le forfait jusqu'à 250 appels : 219,00\u00a0€, à compter du 1er janvier 2027 : Prix convenu",
    ]
    assert values(*ASKED)["number"] != values(*ASKED, "--quantity", "desks=3")["number"]


def test_a_month_of_the_quote_and_its_prices_are_as_agreed() -> None:
    plain, own = values(*ASKED), values(*ASKED, *TERMS)
    assert [line["amount_cents"] for line in plain["month"]["lines"]] == [22900]
    assert [line["amount_cents"] for line in own["month"]["lines"]] == [22900, -2290, -1500]
    agreed = values(*ASKED, "--agreed", "bands up to 250=219.00: Prix convenu")
    assert [line["amount_cents"] for line in agreed["month"]["lines"]] == [21900]
    amounts = [[price["unit_price_micros"] // 10_000 for price in one["prices"]] for one in (plain, own, agreed)]
    assert [(22900 in some, 21900 in some) for some in amounts] == [(True, False), (True, True), (False, True)]


def test_what_was_quoted_is_what_is_signed_and_an_edit_of_it_is_told() -> None:
    path = signed()
    book = open_book(Path("rules"), Path("contracts"), Plugins.installed())
    (contract,) = book.contracts
    assert (contract.windows, [(one.id, one.quantity) for one in contract.quantities]) == (
        ("weekdays",),
        [("desks", 3)],
    )
    assert [one.percent for one in contract.discounts] == [-1000, None]
    assert [(one.charge, one.up_to, one.amount) for one in contract.agreed] == [("bands", 250, 219_000_000)]
    assert contract.fingerprint == fingerprint_of(book, contract)
    text = path.read_text(encoding="utf-8")
    for part, (was, now) in {
        "its windows": ('["weekdays"]', '["saturday"]'),
        "its quantities": ("quantity = 3", "quantity = 4"),
        "its discounts": ('percent = "-10"', 'percent = "-20"'),
        "its agreed prices": ('"219.00"', '"209.00"'),
    }.items():
        assert was in text
        path.write_text(text.replace(was, now), encoding="utf-8")
        assert f"it is not as it was signed: {part}" in "\n".join(refused("check"))


@pytest.mark.parametrize(
    ("part", "was", "now"),
    [
        ("its windows", 'windows = ["weekdays"]\n', ""),
        ("its quantities", "quantity = 3", "quantity = 4"),
        ("its discounts", 'percent = "-10"', 'percent = "-20"'),
        ("its agreed prices", '"219.00"', '"209.00"'),
    ],
)
def test_a_slip_of_the_pen_is_corrected_only_towards_the_quote(part: str, was: str, now: str) -> None:
    path = signed()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(was, now), encoding="utf-8")
    told = refused("contracts", "pin", "C0001", "--correct", "--quotes", "quotes")
    assert f"{part} is not that of its quote" in "\n".join(told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--quantity", "desks"), '--quantity: "desks" is not understood; write --quantity practitioners=3'),
        (("--quantity", "desks=1"), "asks for at least 2"),
        (("--quantity", "rooms=1"), 'has no quantity "rooms"'),
        (("--window", "wekdays"), 'did you mean "weekdays"?'),
        (("--discount", "10% of band: Ami"), 'a discount is of "band"'),
        (("--discount", "10% of bands"), "is not understood"),
        (("--discount", "110%: Ami"), "--discount: a discount takes off more than the whole"),
        (("--discount", "1.2.3: Ami"), '"1.2.3: Ami"'),
        (("--agreed", "price.night=0.45: Ami"), 'a price is agreed for "price.night"'),
        (("--agreed", "bands up to 7=3: Ami"), "--agreed: an agreed price names no band"),
        (("--agreed", "bands up to 50=3 until 2027-02-30: Ami"), '"2027-02-30" is no day'),
        (("--agreed", "bands up to 50=3 until 2026-01-01: Ami"), "--agreed: it ends before it begins"),
    ],
)
def test_what_cannot_be_agreed_is_told_with_what_to_write(words: tuple[str, str], told: str) -> None:
    assert told in "\n".join(refused(*ASKED, *words))
