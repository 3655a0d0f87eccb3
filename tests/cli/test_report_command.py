"""`permanence report`: each customer's mail of a day, the same bytes each time; who gets none is told why."""

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, values

ADDRESS = '\nemail = "port@client.example"'


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("rules", "sellers", "calls.db"):
        (tmp_path / name).symlink_to(small / name)
    text = (small / "contracts/customers.toml").read_text("utf-8")
    text = text.replace("[contract.legal]", f"[contract.legal]{ADDRESS}", 1)
    Path("contracts").mkdir()
    Path("contracts/customers.toml").write_text(text, "utf-8")


def mail(path: str) -> EmailMessage:
    read: Any = email.message_from_bytes(Path(path).read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def parts(path: str) -> list[str]:
    found = [mail(path).get_body((kind,)) for kind in ("plain", "html")]
    return [one.get_content() for one in found if one]


def test_a_mail_lists_the_calls_of_the_day_and_the_month_so_far() -> None:
    told = values("report", "2026-02-02")
    assert told["files"] == ["outbox/2026-02-02-C0001.eml"]
    assert [(one["contract"], one["to_do"]) for one in told["left"]] == [
        ("C0002", "écrire email dans [contract.legal]")
    ]
    head = mail("outbox/2026-02-02-C0001.eml")
    assert (head["To"], head["Subject"]) == (
        "Café du Port <port@client.example>",
        "Vos appels du 2 février 2026 : 1 appel",
    )
    for text in parts("outbox/2026-02-02-C0001.eml"):
        assert "1 appel reçu, dont 1 compté dans votre forfait." in text
        assert "10 h 00" in text
        assert "+3319…" in text
        assert "Il reste 1 appel à ce prix ; le suivant ajoute 1,00" in text


def test_a_day_without_calls_has_its_mail_too() -> None:
    out("report", "2026-02-03")
    assert all("Aucun appel reçu ce jour." in text for text in parts("outbox/2026-02-03-C0001.eml"))


def test_a_day_before_service_has_no_mail() -> None:
    assert values("report", "2026-01-01") == {"day": "2026-01-01", "files": [], "left": []}


def test_written_again_a_mail_is_the_same() -> None:
    out("report", "2026-02-02")
    first = Path("outbox/2026-02-02-C0001.eml").read_bytes()
    out("report", "2026-02-02", "--into", "again")
    assert Path("again/2026-02-02-C0001.eml").read_bytes() == first


def test_an_address_that_no_mail_can_go_to_is_told() -> None:
    contracts = Path("contracts/customers.toml")
    contracts.write_text(contracts.read_text("utf-8").replace("port@", "port..bar@"), "utf-8")
    assert "Pas écrit : C0001 (Café du Port)" in out("report", "2026-02-02")
