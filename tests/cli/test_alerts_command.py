"""`permanence alerts`: what is about to cost more, and what ends soon, is told once, before and not after."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from permanence.model.alert import TAKE_BACK

from tests.cli.faults import killed_at, run_apart
from tests.cli.test_report_command import mail, parts
from tests.cli.typed import out, refused, typed, values

ADDRESS = '\nemail = "port@client.example"'
CALLS = """call_id,start,wait_seconds,talk_seconds,status,number,caller
2,2026-02-03T20:00:00+01:00,3,60,answered,+33199000001,+33199000077
3,2026-02-04T10:00:00+01:00,3,60,answered,+33199000001,+33199000077
4,2026-02-05T10:00:00+01:00,3,60,answered,+33199000001,+33199000077
5,2026-03-03T10:00:00+01:00,3,60,answered,+33199000001,+33199000077
"""
ALERTS = "[alerts]\ncalls = [0, 1]\nper_cent = [100]\nforecast = false\n"
ONE, NONE, ALL, PASSED, OUTSIDE = "calls:1@", "calls:0@", "per_cent:100@", "passed:2", "outside:1"
DAYS = {"2026-02-02": [ONE], "2026-02-03": [OUTSIDE], "2026-02-04": [NONE, ALL], "2026-02-05": [PASSED]}
"""The alerts that are new on each day: a package of two calls, the third of which is dearer."""


@pytest.fixture(scope="module")
def called(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small service with more calls, and an address of its first customer."""
    here = tmp_path_factory.mktemp("called") / "here"
    shutil.copytree(small, here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        Path("more.csv").write_text(CALLS, "utf-8")
        out("calls", "import", "more.csv", "--format", "generic")
        edit("[contract.legal]", f"[contract.legal]{ADDRESS}")
        Path("permanence.toml").write_text(ALERTS, "utf-8")
    return here


@pytest.fixture(autouse=True)
def here(called: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(called, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")


def edit(was: str, becomes: str) -> None:
    path = Path("contracts/customers.toml")
    path.write_text(path.read_text("utf-8").replace(was, becomes, 1), "utf-8")


def kinds(alerts: list[Any]) -> list[str]:
    """Return each alert by its kind and its threshold, but for which price it is of."""
    found = []
    for one in alerts:
        few, at, _ = one["threshold"].partition("@")
        found.append(f"{one['kind']}:{few}{at}")
    return found


def sent(day: str, *more: str) -> list[str]:
    return [kind for one in values("alerts", "send", day, *more)["mails"] for kind in kinds(one["alerts"])]


def test_each_alert_is_told_once_on_the_day_that_brings_it() -> None:
    for day, new in DAYS.items():
        assert sent(day) == new, day
        assert sent(day) == [], day
    assert sent("2026-02-28") == []
    assert sent("2026-03-03") == [ONE]
    assert len(list(Path("outbox").glob("*.eml"))) == 5


def test_what_holds_is_listed_with_the_day_that_brought_it_and_whether_it_was_told() -> None:
    def told() -> list[Any]:
        rows = values("alerts", "list", "2026-02-05")["alerts"]
        return [(kind, one["reached_on"], one["told"]) for kind, one in zip(kinds(rows), rows, strict=True)]

    assert told() == [(PASSED, "2026-02-05", False), (OUTSIDE, "2026-02-03", False)]
    out("alerts", "send", "2026-02-03")
    assert told() == [(PASSED, "2026-02-05", False), (OUTSIDE, "2026-02-03", True)]
    assert "non" in out("alerts", "list", "2026-02-05")
    assert "Alertes au 1er janvier 2026 : aucune alerte." in out("alerts", "list", "2026-01-01")


def test_the_report_of_a_day_has_the_alerts_of_that_day_alone() -> None:
    said = {
        "2026-02-02": "Il ne reste plus qu'un seul appel à ce prix : ensuite, le premier appel ajoute 1,00",
        "2026-02-03": "Le 3 février 2026, un appel est arrivé hors de vos horaires, le premier du mois",
        "2026-02-04": "Il ne reste aucun appel à ce prix",
        "2026-02-05": "Vous avez dépassé 2 appels ce mois-ci",
    }
    for day in (*said, "2026-02-06"):
        out("report", day)
        for text in parts(f"outbox/{day}-C0001.eml"):
            plain = text.replace("\xa0", " ").replace("&#39;", "'")
            # Of the last day the sentences on the month so far say the same.
            head = plain.partition("jusqu'ici")[0]
            assert [one for one, sentence in said.items() if sentence in head] == ([day] if day in said else [])


def test_the_mail_says_how_the_calls_are_taken_back() -> None:
    out("alerts", "send", "2026-02-02")
    (path,) = Path("outbox").glob("*.eml")
    head = mail(str(path))
    assert head["To"] == "Café du Port <port@client.example>"
    assert all(TAKE_BACK[:40] in text for text in parts(str(path)))
    out("alerts", "send", "2026-02-03")
    (outside,) = Path("outbox").glob("2026-02-03*")
    assert all(TAKE_BACK[:40] not in text for text in parts(str(outside)))


def test_a_contract_says_otherwise_of_what_its_customer_is_told() -> None:
    edit(
        "[contract.legal]", '[contract.alerts]\ncalls = []\noutside = false\ntake_back = "Tapez 9."\n\n[contract.legal]'
    )
    assert [sent(day) for day in DAYS] == [[], [], [ALL], [PASSED]]
    assert all("Tapez 9." in text for path in Path("outbox").glob("*.eml") for text in parts(str(path)))
    assert typed("check").exit_code == 0


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[contract.alerts]\nper_cent = [120]", '"per_cent" is in per cent, 1 to 100'),
        ("[contract.alerts]\ncalls = [-1]", '"calls" is a number of calls, 0 or more'),
        ("[contract.alerts]\ndeadlines = -1", '"deadlines" is at least 0'),
        ("[contract.alerts]\ncall = [1]", 'unknown key "call"; did you mean "calls"?'),
        ("[contract.report]\nhour = 24", '"hour" is an hour of the day, 0 to 23'),
        ('[contract.report]\ndays = ["lundi"]', '"lundi"'),
    ],
)
def test_check_tells_what_no_contract_can_say(table: str, told: str) -> None:
    edit("[contract.legal]", f"{table}\n\n[contract.legal]")
    problems = refused("alerts", "send", "2026-02-02")
    assert problems[0].startswith("contracts/customers.toml:")
    assert told in problems[0]
    assert told in typed("check").stderr


def test_the_expected_next_price_is_told_before_it_is_reached_and_only_while_it_is_expected() -> None:
    Path("permanence.toml").write_text("[alerts]\ncalls = []\nper_cent = []\noutside = false\n", "utf-8")
    days = (5, 12, 19)
    mondays = [f"e{day},2026-01-{day:02}{CALLS.splitlines()[2][12:]}" for day in days]
    Path("expected.csv").write_text("\n".join([CALLS.splitlines()[0], *mondays]), "utf-8")
    out("calls", "import", "expected.csv", "--format", "generic")
    assert sent("2026-02-01") == ["forecast:expected@"]
    assert sent("2026-02-02") == []


def test_a_deadline_of_the_contract_is_told_as_many_days_before() -> None:
    with Path("contracts/customers.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[event]]\ncontract = "C0001"\non = 2026-02-10\nwhat = "notice_received"\n')
    before = "deadline:contract_last_day@"
    assert before not in sent("2026-02-22")
    assert sent("2026-02-23") == [before]
    assert sent("2026-02-24") == []
    assert "Le 9 mars 2026 : dernier jour de votre contrat." in "".join(
        parts(str(next(iter(Path("outbox").glob("2026-02-23*")))))
    )


def test_who_has_no_address_is_listed_and_told_later() -> None:
    edit(ADDRESS, "")
    told = values("alerts", "send", "2026-02-02")
    assert (told["mails"], [one["contract"] for one in told["left"]]) == ([], ["C0001"])
    assert "Pas écrit : C0001" in out("alerts", "send", "2026-02-02")
    edit("[contract.legal]", f"[contract.legal]{ADDRESS}")
    assert sent("2026-02-02") == [ONE]


def test_killed_at_calls_that_write_every_alert_is_written_once() -> None:
    words, made = ("alerts", "send", "2026-02-04"), ("outbox", "mail.db", "mail.db-wal", "mail.db-shm")

    def again() -> None:
        for name in made:
            shutil.rmtree(name) if Path(name).is_dir() else Path(name).unlink(missing_ok=True)

    calls = len(run_apart(words, Path()).calls)
    for number in range(0, calls, 1 if os.environ.get("SOAK") else max(1, calls // 5)):
        again()
        assert run_apart(words, Path(), killed_at(number)).code is None, number
        out(*words)
        (path,) = Path("outbox").glob("*.eml")
        assert "Il ne reste aucun appel à ce prix" in parts(str(path))[0]
        assert all(one["told"] for one in values("alerts", "list", "2026-02-04")["alerts"]), number


def test_an_alert_that_waits_is_written_again_and_one_that_was_sent_is_not() -> None:
    out("alerts", "send", "2026-02-02")
    (path,) = Path("outbox").glob("*.eml")
    before = path.read_bytes()
    path.unlink()
    out("alerts", "send", "2026-02-02")
    assert path.read_bytes() == before


def test_what_is_new_on_a_day_is_of_that_day_in_bands_past_the_list_too(
    service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(service)
    before, now = (
        {
            (one["contract"], one["kind"], one["threshold"]): one["reached_on"]
            for one in values("alerts", "list", day)["alerts"]
        }
        for day in ("2026-10-20", "2026-10-21")
    )
    new = {one: day for one, day in now.items() if one not in before}
    assert set(new.values()) == {"2026-10-21"}
    assert ("C0005", "forecast", "expected@550") in new
    assert {one: before[one] for one in now if one in before} == {one: now[one] for one in now if one in before}
