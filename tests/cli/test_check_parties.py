"""`check` says what contracts lack before their invoices can be issued, and what is wrong with who sells."""

from pathlib import Path

import pytest

from tests.cli.typed import out, refused, typed, values

SELLER = Path("sellers/exemple.toml")
CUSTOMERS = Path("contracts/customers.toml")


@pytest.fixture(autouse=True)
def here(folder: Path) -> Path:
    return folder


def warnings() -> list[str]:
    found = values("check")["problems"]
    assert {one["severity"] for one in found} <= {"warning"}
    return [one["what"] for one in found]


def test_the_sample_lacks_nothing() -> None:
    assert warnings() == []


def test_without_a_seller_no_invoice_can_be_issued() -> None:
    SELLER.unlink()
    assert warnings() == [
        "no invoice can be issued of 12 contracts, which lack a seller, of whom none is on file: C0001, C0002, C0003 …"
    ]


def test_contracts_that_lack_the_same_are_told_together() -> None:
    text = CUSTOMERS.read_text("utf-8")
    without = text.replace('siren = "none"', "").replace("siren = ", "# ")
    CUSTOMERS.write_text(without, "utf-8")
    assert text != without
    (told,) = warnings()
    assert "which lack the customer's SIREN, or that there is none: C0" in told


def test_a_wrong_digit_of_a_customer_is_told_at_its_place_and_holds_him_alone() -> None:
    text = CUSTOMERS.read_text("utf-8")
    CUSTOMERS.write_text(text.replace('siren = "000010017"', 'siren = "000010018"'), "utf-8")
    lines = refused("check")
    assert lines[0].endswith('"000010018" is not a SIREN: its check digit is wrong')
    assert lines[1].strip() == 'siren = "000010018"'


def test_a_wrong_digit_of_the_seller_is_told_at_its_place() -> None:
    SELLER.write_text(SELLER.read_text("utf-8").replace("FR53ZZZ", "FR54ZZZ"), "utf-8")
    for words in (("check",), ("check", str(SELLER))):
        lines = refused(*words)
        assert lines[0].startswith("sellers/exemple.toml:")
        assert lines[0].endswith('"FR54ZZZ999999" is not a creditor identifier: its check digit is wrong')


def test_a_seller_is_checked_by_himself() -> None:
    assert out("check", str(SELLER)) == "1 seller without a problem\n"
    assert typed("check", "--sellers", "nowhere").exit_code == 0


def test_who_signs_gives_his_legal_data_in_a_file(folder: Path) -> None:
    out("quote", "essentielle", "--for", "Garage", "--calls", "40", "--on", "2026-11-01", "--save", "quotes")
    (quote,) = Path("quotes").glob("*.toml")
    words = (
        "sign",
        str(quote),
        "--line",
        "+33199550000",
        "--on",
        "2026-11-02",
        "--contract",
        "S1",
        "--legal",
        "legal.toml",
    )
    Path("legal.toml").write_text('siren = "000010018"\nemail = "x"\n', "utf-8")
    lines = refused(*words)
    assert [line for line in lines if line.startswith("legal.toml")] == [
        'legal.toml:1:9: "000010018" is not a SIREN: its check digit is wrong',
        'legal.toml:2:9: "x" is not an e-mail address: write name@domain',
    ]
    Path("legal.toml").write_text(
        'siren = "000 010 017"\nmandate = { reference = "R", signed = 2026-11-02 }\n', "utf-8"
    )
    assert refused(*words)[0].startswith("--legal: there is a mandate, and no account to debit")
    address = """address = { lines = ["2 rue de l'Exemple"], postcode = "57000", town = "Metz" }"""
    Path("legal.toml").write_text(f'{address}\nsiren = "000 010 017"\n', "utf-8")
    out(*words, "--seller", "exemple")
    assert 'siren = "000010017"' in Path("contracts/S1.toml").read_text("utf-8")
    assert warnings() == []
