"""A link opens the pages of one contract, and of no other; whatever opens nothing is one and the same page."""

import re
import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from permanence.portal.application import ADDRESSES
from permanence.publish.customer_page import lost_page

from tests.cli.typed import out, refused, values
from tests.portal.asked import Answer
from tests.portal.conftest import PDF, Portal

OWN = {"C0001": ("F-2026-00001", "Café du Port"), "C0002": ("F-2026-00002", "Bar du Port")}
OTHER = {"C0001": "C0002", "C0002": "C0001"}
HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}


def lost(answer: Answer) -> bool:
    return bool((answer.status, answer.text) == (404, lost_page()))


@pytest.mark.parametrize("contract", OWN)
def test_a_link_opens_the_month_the_calls_the_invoices_and_the_documents_of_its_contract(
    portal: Portal, contract: str
) -> None:
    number, customer = OWN[contract]
    base = f"/c/{portal.tokens[contract]}"
    home, calls, invoice = (portal.client.get(f"{base}{path}") for path in ("", "/appels", f"/factures/{number}"))
    assert [page.status for page in (home, calls, invoice)] == [200, 200, 200]
    assert all(customer in page.text for page in (home, calls, invoice))
    assert "1 appel reçu, dont 1 compté dans votre forfait." in home.plain
    assert "Il reste 1 appel à ce prix" in home.plain
    assert 'aria-label="1 appel sur 2 à ce prix' in home.plain
    assert f"{base}/factures/{number}" in home.text
    assert "+3319…" in calls.text
    assert "12,00 €" in invoice.plain
    document = portal.client.get(f"{base}/documents/{number}")
    assert (document.content, document.headers["content-type"]) == (PDF + number.encode(), "application/pdf")


@pytest.mark.parametrize("contract", OWN)
def test_no_address_shows_anything_of_another_customer(portal: Portal, contract: str) -> None:
    other, mine = OTHER[contract], portal.tokens[contract]
    number, customer = OWN[other]
    their_token = portal.tokens[other]
    names = [
        *(number, other, their_token, customer, "F-2026-00099", "2026-02-02", "2026-02", "+33199000002", "", "."),
        *(f"../{number}", f"../../{their_token}", "..", "../portal.db", "../billing.db", "/etc/passwd", "\0"),
        *(f"{OWN[contract][0]}/../{number}", f"{number}.pdf", f"{OWN[contract][0]}.pdf", "%", "' OR '1'='1"),
    ]
    theirs = (other, customer, number, their_token)
    spelt = {one: None for name in names for one in (name, quote(name, safe=""))}
    asked = [
        f"{path.replace('{number}', name)}{more}" for path in ADDRESSES for name in spelt for more in ("", f"/{name}")
    ]
    asked += [f"{path}?contract={other}&number={number}&jour=2026-02-02" for path in ADDRESSES]
    for address in dict.fromkeys(asked):
        answer = portal.client.get(address.replace("{token}", mine))
        shown = answer.text.replace(mine, "")
        assert not [word for word in theirs if word in shown], address
        assert lost(answer) or (answer.status == 200 and "{number}" not in address), address


def test_a_token_and_the_number_of_another_open_nothing(portal: Portal) -> None:
    for contract, kind in product(OWN, ("factures", "documents")):
        number, _ = OWN[OTHER[contract]]
        assert lost(portal.client.get(f"/c/{portal.tokens[contract]}/{kind}/{number}"))


def test_wrong_expired_and_revoked_links_and_every_other_address_are_the_same_page(portal: Portal) -> None:
    good = portal.tokens["C0001"]
    out("portal", "revoke", "C0002")
    with closing(sqlite3.connect("portal.db")) as database:
        database.execute("DROP TRIGGER link_no_update")
        database.execute("UPDATE link SET until = 1 WHERE contract = 'C0001'")
        database.commit()
    wrong = ["", "x", good[:-1], f"{good}A", good.swapcase(), "A" * 100_000, "é", "%00", "..%2f..", "C0001"]
    for token in (good, portal.tokens["C0002"], *wrong):
        for path in ("", "/appels", "/factures/F-2026-00001", "/documents/F-2026-00001", "/"):
            assert lost(portal.client.get(f"/c/{token}{path}")), (token[:50], path)
    for path in ("/", "/c", "/c/", "/favicon.ico", "/robots.txt", "/static/x", "//", "/.env"):
        assert lost(portal.client.get(path)), path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading_is_asked_for(portal: Portal, method: str) -> None:
    assert lost(portal.client.get(f"/c/{portal.tokens['C0001']}", method))


def test_each_answer_is_kept_nowhere_and_loads_nothing_from_elsewhere(portal: Portal) -> None:
    base = f"/c/{portal.tokens['C0001']}"
    for path in (base, f"{base}/appels", f"{base}/factures/F-2026-00001", f"{base}/documents/F-2026-00001", "/c/x"):
        answer = portal.client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        assert "unsafe" not in policy
        assert not re.findall(r'(?:src|action|style)="|<script|@import|url\(|https?://', answer.text)
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("damaged", ["billing.db", "portal.db"])
def test_a_page_that_cannot_be_made_says_so_and_shows_nothing_of_why(
    portal: Portal, capsys: pytest.CaptureFixture[str], damaged: str
) -> None:
    Path(damaged).write_text("no database", "utf-8")
    answer = portal.client.get(f"/c/{portal.tokens['C0001']}")
    assert answer.status == 500
    assert "ne peut pas être affichée" in answer.text
    assert damaged not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    told = capsys.readouterr().err
    assert "a page could not be made" in told
    assert "Traceback" not in told


def test_of_a_link_a_digest_alone_is_kept(portal: Portal) -> None:
    kept = b"".join(path.read_bytes() for path in Path().glob("portal.db*"))
    assert not [token for token in portal.tokens.values() if token.encode() in kept]
    assert {len(token) for token in portal.tokens.values()} == {43}
    assert [path.stat().st_mode & 0o777 for path in sorted(Path().glob("portal.db*"))] == [0o600, 0o600]


def test_links_are_listed_and_revoked_by_number_or_by_contract(portal: Portal) -> None:
    assert [one["state"] for one in values("portal", "link", "C0001", "--until", "2199-12-31")["links"]] == ["valid"]
    assert [(one["contract"], one["state"]) for one in values("portal", "links")["links"]] == [
        *(("C0001", "valid"), ("C0002", "valid"), ("C0001", "valid")),
    ]
    again = values("portal", "link", "C0001", "C0002", "--until", "2199-12-31")["links"]
    assert [one["link"] for one in again] == [3, 4]
    out("portal", "revoke", "4")
    out("portal", "revoke", "1")
    assert lost(portal.client.get(f"/c/{portal.tokens['C0001']}"))
    assert [one["link"] for one in values("portal", "links", "--valid")["links"]] == [2, 3]
    out("portal", "revoke", "C0001", "2")
    assert values("portal", "links", "--valid")["links"] == []
    assert values("portal", "revoke", "C0001")["links"] == []
    assert refused("portal", "revoke", "C0009", "7")[0].startswith("portal: there is no link 7")
    assert refused("portal", "link", "C0001", "--until", "2020-01-01")[0].startswith("--until: 2020-01-01 is past")
    assert refused("portal", "link", "C0009")[0].startswith('CONTRACT: there is no contract "C0009"')


def test_where_nobody_wrote_the_address_of_the_portal_a_link_says_how_it_becomes_whole(portal: Portal) -> None:
    whole = out("portal", "link", "C0001", "--until", "2199-12-31")
    assert "https://portail.example/c/" in whole
    assert "[portal]" not in whole
    Path("permanence.toml").unlink()
    assert "address de [portal] dans permanence.toml" in out("portal", "link", "C0001", "--until", "2199-12-31")
    assert portal.tokens["C0001"] not in out("portal", "links")


def test_the_mail_of_a_day_has_the_link_that_is_valid_and_none_that_is_not(portal: Portal) -> None:
    text = Path("contracts/customers.toml").read_text("utf-8")
    Path("contracts/customers.toml").write_text(
        text.replace("[contract.legal]", '[contract.legal]\nemail = "port@client.example"'), "utf-8"
    )

    def mails() -> list[str]:
        told = values("report", "2026-02-02")["files"]
        return [Path(path).read_bytes().decode().replace("=\r\n", "") for path in told]

    first, second = mails()
    for mail, contract in ((first, "C0001"), (second, "C0002")):
        link = f"https://portail.example/c/{portal.tokens[contract]}"
        assert mail.count(link) == 2
        assert portal.tokens[OTHER[contract]] not in mail
    out("portal", "revoke", "C0002")
    assert ["portail.example" in mail for mail in mails()] == [True, False]
    Path("permanence.toml").unlink()
    assert ["portail.example" in mail for mail in mails()] == [False, False]


def test_a_call_that_comes_in_is_on_the_page_once_the_files_are_looked_at_again(portal: Portal) -> None:
    base = f"/c/{portal.tokens['C0001']}"
    assert 'aria-label="1 appel sur 2' in portal.client.get(base).text
    Path("late.csv").write_text(Path("calls.csv").read_text("utf-8").replace("\n1,", "\n3,"), "utf-8")
    out("calls", "import", "late.csv", "--format", "generic")
    portal.month()
    assert 'aria-label="2 appels sur 2' in portal.client.get(base).text


def test_a_customer_sees_the_instructions_that_hold_and_those_that_come_and_nobody_elses(portal: Portal) -> None:
    base, other = (f"/c/{portal.tokens[name]}" for name in ("C0001", "C0002"))
    assert "Vos consignes" not in portal.client.get(base).text
    events = "".join(
        f'\n[[event]]\ncontract = "C0001"\non = {on}\nwhat = "instruction_given"\n'
        f'instruction = {{ text = "{text}", number = "+33199000042" }}\n'
        for on, text in (("2026-01-20", "Transférez au <gérant>."), ("2026-02-03", "Prenez un message."))
    )
    file = Path("contracts/customers.toml")
    file.write_text(file.read_text("utf-8") + events, "utf-8")
    portal.month()
    page = portal.client.get(base).plain
    now, _, later = page.partition("Vos consignes")[2].partition("À venir")
    assert "Tous les appels : Transférez au &lt;gérant&gt; (+33199000042, à compter du 20 janvier 2026)." in now
    assert "Tous les appels : Prenez un message (+33199000042, à compter du 3 février 2026)." in later
    assert "Prenez" not in now
    assert "Vos consignes" not in portal.client.get(other).text


def test_a_backup_has_the_links_and_their_key(portal: Portal) -> None:
    folder = values("backup", "backups")["folder"]
    out("restore", folder, "--into", "restored")
    assert Path("restored/portal.db.key").read_bytes() == Path("portal.db.key").read_bytes()
    assert [one["contract"] for one in values("portal", "links", "--portal-db", "restored/portal.db")["links"]] == [
        *("C0001", "C0002"),
    ]
    assert portal.tokens


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "0001-01-01"])
def test_a_link_holds_up_to_a_day_that_has_a_calendar(portal: Portal, day: str) -> None:
    assert f"{day} is not between 2000 and 2199" in refused("portal", "link", "C0001", "--until", day)[0]
