"""`permanence report`: each customer's mail of a day, the same bytes each time; who gets none is told why."""

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, values
from tests.docs.documents import SPACES

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
    return [one.get_content().translate(SPACES) for one in found if one]


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
        assert "Il reste 1 appel à ce prix ; le suivant ajoute 1,00 €" in text


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


def say(table: str) -> None:
    """Write a table into the first contract."""
    contracts = Path("contracts/customers.toml")
    text = contracts.read_text("utf-8")
    contracts.write_text(text.replace("[contract.legal]", f"{table}\n\n[contract.legal]", 1), "utf-8")


def test_a_mail_goes_out_from_the_hour_that_the_customer_has_agreed() -> None:
    out("report", "2026-02-02")
    assert mail("outbox/2026-02-02-C0001.eml")["Deferred-Delivery"] == "Tue, 03 Feb 2026 07:00:00 +0100"
    Path("permanence.toml").write_text("[report]\nhour = 9\n", "utf-8")
    out("report", "2026-03-28")
    assert mail("outbox/2026-03-28-C0001.eml")["Deferred-Delivery"] == "Sun, 29 Mar 2026 09:00:00 +0200"
    say("[contract.report]\nhour = 18")
    out("report", "2026-02-02")
    assert mail("outbox/2026-02-02-C0001.eml")["Deferred-Delivery"] == "Tue, 03 Feb 2026 18:00:00 +0100"


def test_the_mail_of_a_chosen_morning_tells_of_every_day_since_the_one_before() -> None:
    say('[contract.report]\ndays = ["tue", "fri"]')
    days = [f"2026-01-{day}" for day in (29, 30, 31)] + [f"2026-02-0{day}" for day in range(1, 6)]
    made = {day: values("report", day)["files"] for day in days}
    assert [day for day, files in made.items() if files] == ["2026-01-29", "2026-02-02", "2026-02-05"]
    subjects = [mail(files[0])["Subject"] for files in made.values() if files]
    assert subjects == [
        "Vos appels du 27 au 29 janvier 2026 : aucun appel",
        "Vos appels du 30 janvier au 2 février 2026 : 1 appel",
        "Vos appels du 3 au 5 février 2026 : aucun appel",
    ]
    assert "Aucun appel reçu ces jours." in parts("outbox/2026-02-05-C0001.eml")[0]
    assert "02/02 10 h 00" in parts("outbox/2026-02-02-C0001.eml")[0]


def test_days_without_calls_have_no_mail_where_the_customer_wants_none() -> None:
    say("[contract.report]\nempty = false")
    told = {day: values("report", day) for day in ("2026-02-02", "2026-02-03")}
    assert [len(one["files"]) for one in told.values()] == [1, 0]
    assert "C0001" not in {left["contract"] for left in told["2026-02-03"]["left"]}
    say("[contract.alerts]\ncalls = []")
    Path("permanence.toml").write_text("[report]\ndays = []\n", "utf-8")
    assert values("report", "2026-02-02")["files"] == []
    assert "aucun compte rendu écrit : aucun client n'en reçoit le lendemain matin" in out("report", "2026-02-02")


def test_a_month_that_waits_has_no_mail_and_is_told() -> None:
    contracts = Path("contracts/customers.toml")
    contracts.write_text(contracts.read_text("utf-8").replace("accueil@2026-01-01", "none@2026-01-01", 1), "utf-8")
    assert "Pas écrit : C0001 (Café du Port)" in out("report", "2026-02-02")
