"""`permanence contracts amend`: contracts change to another version by events, each shown before it is written."""

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from permanence.cli.main import main

from tests.cli.conftest import SMALL_OFFER as OLD
from tests.cli.conftest import SMALL_OFFER_NEXT as NEW
from tests.cli.conftest import sell_next, unsigned
from tests.cli.faults import files_in
from tests.cli.typed import out, refused, typed, values

LIST = Path("contracts/customers.toml")
TO = ("contracts", "amend", "--to", NEW, "--announced", "2026-09-10")
EVENT = '\n[[event]]\ncontract = "{0}"\non = 2026-09-10\nwhat = "offer_changed"\noffer = "accueil@2026-10-01"\n'
OTHERS = """
[[contract]]
id = "{id}"
customer = {{ name = "{id} et Fils", kind = "{kind}", region = "{region}" }}
offer = "accueil@2026-01-01"
mission = "{mission}"
lines = ["{id}"]
signed = {signed}
"""
TERM = 'price_notice = "1 month"\n'
SVI = '\n[option.svi]\nprice = "80.00"\n'
COMPLEX = (
    ('simple = "10.00"', 'simple = "10.00", complex = "20.00"'),
    ('simple = "1.00"', 'simple = "1.00", complex = "2.00"'),
)


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the small service as the current folder, with a further version of its offer on sale."""
    folder = tmp_path / "here"
    shutil.copytree(small, folder)
    monkeypatch.chdir(folder)
    sell_next(folder)
    unsigned(LIST)
    return folder


def events(file: Path) -> str:
    """Return a file of contracts that nobody has signed, but for the digest of the version that an event names."""
    digest = sha256(Path("rules/next.toml").read_bytes()).hexdigest()
    text = file.read_text("utf-8")
    assert text.count("digest = ") == text.count(f'digest = "{digest}"') == text.count("offer_changed") > 0
    return text.replace(f'digest = "{digest}"\n', "")


def add(number: str, **told: str) -> None:
    """Write a further contract, into a file of its own."""
    fields = {"kind": "professional", "region": "FR", "mission": "simple", "signed": "2026-01-02", **told}
    Path(f"contracts/{number}.toml").write_text(f"format = 1\n{OTHERS.format(id=number, **fields)}", "utf-8")


def richer(old: str = SVI) -> None:
    """Let the older version have an option, or a mission, that the newer one lacks."""
    path = Path("rules/small.toml")
    text = path.read_text("utf-8")
    if old == SVI:
        path.write_text(text.replace("\n[[rule]]", f"{SVI}\n[[rule]]", 1), "utf-8")
        return
    text = text.replace("sold_from = 2026-01-01", 'sold_from = 2026-01-01\nmission = ["simple", "complex"]')
    for before, after in COMPLEX:
        text = text.replace(f"{{ {before} }}", f"{{ {after} }}")
    path.write_text(text, "utf-8")
    typed("check", "--write-examples")


def asked(answer: str, *words: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Return what a command prints to somebody at a terminal who gives an answer."""
    monkeypatch.setattr("permanence.cli.confirmation.at_terminal", lambda: True)
    return CliRunner().invoke(main, words, input=answer, env={"COLUMNS": "200"}, catch_exceptions=False)


def nothing_written(before: dict[str, bytes]) -> bool:
    return files_in(Path()) == before


def test_a_contract_that_is_named_gets_one_event_at_the_end_of_its_file() -> None:
    before = LIST.read_text("utf-8")
    shown = out(*TO, "C0002", "--yes").splitlines()
    assert [line.rstrip() for line in shown] == [
        "Passage à accueil@2026-10-01, annoncé le 10 septembre 2026",
        "Contrat  Client       À compter du     D'après",
        "C0002    Bar du Port  10 octobre 2026  A27",
        "1 événement écrit dans contracts/customers.toml.",
    ]
    assert events(LIST) == before + EVENT.format("C0002")
    dates = {row["date"]: row["what"] for row in values("calendar", "C0002", "--on", "2026-09-11")["dates"]}
    assert dates["2026-10-10"] == "Changement d'offre : accueil@2026-10-01"
    assert values("check")["contracts"] == 2


def test_all_contracts_under_a_version_change_each_in_the_file_that_holds_it() -> None:
    add("C0003")
    found = values(*TO, "--offer", OLD, "--yes")
    assert [(row["contract"], row["from"], row["offer"]) for row in found["changes"]] == [
        ("C0003", "2026-10-10", OLD),
        ("C0001", "2026-10-10", OLD),
        ("C0002", "2026-10-10", OLD),
    ]
    assert (found["left_out"], found["files"]) == ([], ["contracts/C0003.toml", "contracts/customers.toml"])
    assert events(LIST).endswith(EVENT.format("C0001") + EVENT.format("C0002"))
    assert events(Path("contracts/C0003.toml")).endswith(EVENT.format("").replace('contract = ""\n', ""))
    assert typed("check").exit_code == 0


def test_the_same_again_writes_nothing_and_says_that_they_have_the_version() -> None:
    out(*TO, "--offer", OLD, "--yes")
    before = files_in(Path())
    again = values(*TO, "--offer", OLD, "--yes")
    assert {row["outcome"] for row in again["left_out"]} == {"has_it"}
    assert (again["changes"], again["files"]) == ([], [])
    assert "Aucun événement à écrire." in out(*TO, "C0001")
    assert nothing_written(before)


@pytest.mark.parametrize("month", ["2026-08", "2026-09"])
def test_a_month_before_the_version_holds_is_billed_as_it_was(month: str) -> None:
    before = values("bill", month, "--on", "2026-12-01", "--incomplete")
    out(*TO, "--offer", OLD, "--yes")
    after = values("bill", month, "--on", "2026-12-01", "--incomplete")
    assert {**after, "billed_again": None} == before
    assert after["billed_again"]["changed"] == []


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        (("region=FR-974",), {"C0003", "C0004"}),
        (("region=FR-RE",), {"C0003", "C0004"}),
        (("kind=consumer",), {"C0004"}),
        (("region=FR-974", "kind=professional"), {"C0003"}),
        (("mission=simple", "region=FR"), {"C0001", "C0002"}),
    ],
)
def test_where_takes_those_for_which_everything_holds(where: tuple[str, ...], chosen: set[str]) -> None:
    add("C0003", region="FR-974")
    add("C0004", region="FR-974", kind="consumer")
    found = values(*TO, "--offer", OLD, "--yes", *(word for one in where for word in ("--where", one)))
    assert {row["contract"] for row in found["changes"]} == chosen


REFUSED = (
    (("C0002", "C009", "X"), ['there is no contract "C009"; did you mean "C0002"?', 'there is no contract "X"']),
    (("C0001", "--to", "accueil@2026-10-02"), ['--to: there is no offer "accueil@2026-10-02"; did you mean']),
    (("--offer", "acueil@2026-01-01"), ['--offer: there is no offer "acueil@2026-01-01"; did you mean "accueil@2026']),
    (("--offer", NEW), ["--to: accueil@2026-10-01 is the version that the contracts have"]),
    (("--offer", OLD, "--announced", "2300-01-01"), ["--announced: 2300-01-01 is not between 2000 and 2199"]),
    (("--offer", OLD, "--where", "simple"), ['"simple" is no condition; write KEY=VALUE, such as mission=simple']),
    (("--offer", OLD, "--where", "misson=simple"), ['not chosen by "misson"; did you mean "mission"?']),
    (("--offer", OLD, "--where", "colour=red"), ['not chosen by "colour"; known: kind, mission, option, plan, region']),
    (("--offer", OLD, "--where", "mission=simpel"), ['--where: there is no mission "simpel"; did you mean "simple"?']),
    (
        ("--offer", OLD, "--where", "kind=consummer"),
        ['--where: there is no kind "consummer"; did you mean "consumer"?'],
    ),
    (("--offer", OLD, "--where", "region=974"), ['--where: there is no region "974"; did you mean "FR-974"?']),
    (("--offer", OLD, "--where", "option=svi"), ['--where: there is no option "svi"']),
    (
        ("--offer", OLD, "--where", "region=FR-57", "--where", "kind=consumer"),
        ["no contract stands under accueil@2026-01-01 on 2026-09-10 with region=FR-57 and kind=consumer"],
    ),
)


@pytest.mark.parametrize(("words", "told"), REFUSED, ids=lambda one: " ".join(map(str, one)))
def test_what_cannot_be_meant_is_told_and_nothing_is_written(words: tuple[str, ...], told: list[str]) -> None:
    before = files_in(Path())
    problems = refused(*TO, *words, "--yes")
    assert len(problems) == len(told)
    for problem, sentence in zip(problems, told, strict=True):
        assert sentence in problem
    assert nothing_written(before)


@pytest.mark.parametrize("words", [(), ("C0001", "--offer", OLD), ("C0001", "--where", "kind=consumer")])
def test_contracts_are_named_or_those_under_a_version_are(words: tuple[str, ...]) -> None:
    assert typed(*TO, *words, "--yes").exit_code == 2


def test_where_a_contract_that_is_named_cannot_change_none_does() -> None:
    richer()
    add("C0003", signed="2026-09-20")
    LIST.write_text(LIST.read_text("utf-8") + '\n[[contract.option]]\nid = "svi"\n', "utf-8")
    before = files_in(Path())
    signed_later, lacks = refused(*TO, "C0001", "C0003", "C0002", "--yes")[::3]
    assert signed_later == "contracts/C0003.toml:3:1: C0003: Signé plus tard, le 20 septembre 2026."
    assert re.match(
        r"contracts/customers\.toml:\d+:1: C0002: L'offre .* n'a pas d'option « Installation d'un .* »\.", lacks
    )
    assert nothing_written(before)


def test_of_those_under_a_version_the_ones_that_cannot_change_are_told_and_left_out() -> None:
    richer("mission")
    add("C0003", mission="complex")
    result = typed(*TO, "--offer", OLD, "--yes")
    assert result.exit_code == 1
    assert "C0003    C0003 et Fils  L'offre accueil@2026-10-01 n'a pas de mission « complex »." in result.stdout
    last = "2 événements écrits dans contracts/customers.toml ; 1 contrat ne peut pas changer."
    assert result.stdout.splitlines()[-1] == last
    assert "[[event]]" not in Path("contracts/C0003.toml").read_text("utf-8")
    assert typed("check").exit_code == 0
    assert typed(*TO, "--offer", OLD, "--yes", "--json").exit_code == 1


def test_a_file_that_takes_no_event_at_its_end_is_named_and_none_is_written() -> None:
    add("C0003")
    quality = 'event = [{ contract = "C0001", on = 2026-03-01, what = "quality_call" }]\n'
    LIST.write_text(LIST.read_text("utf-8").replace("format = 1\n", f"format = 1\n{quality}"), "utf-8")
    before = files_in(Path())
    result = typed(*TO, "--offer", OLD, "--yes")
    assert (result.exit_code, "contracts/customers.toml:3:1: an event cannot be added" in result.stderr) == (1, True)
    assert result.stderr.splitlines()[-1] == "1 problem; nothing was done."
    assert nothing_written(before)


def test_where_nobody_is_asked_events_are_shown_and_not_written() -> None:
    before = files_in(Path())
    result = typed(*TO, "C0002")
    assert result.exit_code == 1
    assert "C0002    Bar du Port  10 octobre 2026" in result.stdout
    assert result.stderr.splitlines() == [
        "input: nobody is asked here, and nothing is written without a yes; look at what is shown, and say --yes",
        "1 problem; nothing was done.",
    ]
    assert nothing_written(before)


def test_a_yes_writes_what_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    result = asked("y\n", *TO, "--offer", OLD, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stderr) == (0, "Write these 2 events? [y/N]: y\n")
    assert result.stdout.index("10 octobre 2026") < result.stdout.index("2 événements écrits")
    assert events(LIST).endswith(EVENT.format("C0001") + EVENT.format("C0002"))


@pytest.mark.parametrize("answer", ["n\n", "\n", ""], ids=["no", "nothing", "an end"])
def test_without_a_yes_nothing_is_written(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_in(Path())
    result = asked(answer, *TO, "C0001", monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert re.fullmatch(r"Write this event\? \[y/N\]:\s+n?\s*Aborted!\n", result.stderr)
    assert nothing_written(before)


def test_for_scripts_what_is_asked_stands_apart_from_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    result = asked("y\n", *TO, "C0001", "--json", monkeypatch=monkeypatch)
    assert "Café du Port  10 octobre 2026" in result.stderr
    assert result.stdout.startswith('{\n  "offer": "accueil@2026-10-01",\n')


def test_a_contract_that_was_changed_while_somebody_was_asked_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def confirmed(_question: str) -> bool:
        LIST.write_text(LIST.read_text("utf-8").replace("Bar du Port", "Bar du Phare"), "utf-8")
        return True

    monkeypatch.setattr("permanence.cli.commands.amend.confirmed", confirmed)
    result = typed(*TO, "C0002")
    assert result.exit_code == 1
    assert "contracts or rule files were changed while you were asked; try again" in result.stderr
    assert "[[event]]" not in LIST.read_text("utf-8")


@pytest.mark.parametrize(
    ("effect", "day", "basis"),
    [("announced_term", "10 octobre 2026", "later · A27"), ("next_month", "1er octobre 2026", "later")],
)
def test_the_rule_that_says_from_when_is_named_with_its_words(effect: str, day: str, basis: str) -> None:
    rule = f"""
[[rule]]
id = "later"
on = "event"
when = 'event.what == "offer_changed"'
then = {{ effect = "{effect}" }}
why = "Bien plus tard."
"""
    path = Path("rules/small.toml")
    path.write_text(path.read_text("utf-8").replace("\n[[example]]", f"{rule}\n[[example]]", 1), "utf-8")
    shown = typed(*TO, "C0001").stdout
    assert re.search(rf"{day}  {basis} *\nlater, rules/small\.toml:\d+ : Bien plus tard\.\n", shown)


def test_the_text_of_a_version_that_was_announced_may_not_be_edited() -> None:
    out(*TO, "C0001", "--yes")
    later = Path("rules/next.toml")
    was = later.read_text("utf-8")
    assert typed("check").exit_code == 0
    later.write_text(was.replace('title = "Accueil"', 'title = "Accueil du matin"'), "utf-8")
    assert later.read_text("utf-8") != was
    assert f"{NEW} was edited after 1 contract signed it: C0001" in refused("check", "rules/next.toml")[0]
    holds = {
        hold["contract"]: hold["reason"]
        for hold in values("bill", "2027-06", "--on", "2027-07-01", "--incomplete")["holds"]
    }
    assert holds == {
        "C0001": "Le fichier rules/next.toml a été modifié après la signature de C0001 : ses prix ne sont plus sûrs."
    }
