"""`permanence calls formats`, `try` and `new-format` as typed, and an import that recognises its files."""

import json
import shutil
from pathlib import Path

import click
import pytest
from attrs import evolve
from click.testing import CliRunner
from permanence.cli import call_format_named
from permanence.cli.main import main
from permanence.cli.screens.call_formats import TO_SET
from permanence.read.calls.mapping_file import load_format
from permanence.read.formats.ready import format_text, ready_formats

from tests.cli.typed import out, refused, typed, values

TESTS = Path(__file__).parents[1]
READY, GOLDEN = TESTS / "read" / "call_formats" / "ready", Path(__file__).parent / "golden" / "call_formats"
SAMPLES = {path.stem: path for path in sorted(READY.iterdir()) if not path.stem.endswith(".expected")}
EACH = pytest.mark.parametrize("name", SAMPLES)
FRITZ = """sep=;
Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer
1;02.10.26 08:00;Salon Rouge;0639980001;Poste 1;0199000001;0:02
2;02.10.26 13:15;;0639980002;;0199000001;0:00
"""
STATEMENT = """Date;Heure;Sens;Appelant;Ligne appelée;Durée;Statut
02/10/2026;08:00:02;Entrant;0639980001;0199000001;00:01:05;Répondu
02/10/2026;13:15:02;Entrant;0639980002;0199000001;00:00:00;Manqué
13/10/2026;09:00:00;Sortant;0639980003;0199000001;00:00:30;Répondu
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for path in SAMPLES.values():
        shutil.copy(path, tmp_path)
    return tmp_path


def screen(width: int, *words: str) -> str:
    """Return what a command prints on a terminal of a width."""
    result = CliRunner().invoke(main, words, prog_name="permanence", env={"COLUMNS": str(width)})
    assert result.exit_code == 0, result.output
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.replace("\u00a0", " ").splitlines())


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize(
    ("words", "golden"), [(("formats",), "formats"), (("try", "asterisk.csv"), "asterisk"), (("try", "3cx.log"), "3cx")]
)
def test_a_screen_reads_as_it_is_kept_on_file(words: tuple[str, ...], golden: str, width: int) -> None:
    shown = screen(width, "calls", *words)
    assert shown == (GOLDEN / f"{golden}-{width}.txt").read_text(encoding="utf-8")
    assert max(map(len, shown.splitlines())) <= width


def test_the_list_for_scripts_has_each_mapping_with_its_zone_and_what_to_set() -> None:
    found = {one["name"]: one for one in values("calls", "formats")["formats"]}
    assert found.keys() == ready_formats().keys()
    assert found["3cx"]["zone"] == "UTC"
    assert found["twilio"]["zone"] == ""
    assert found["freeswitch"]["to_set"] == ["zone", "direction"]
    assert {key for one in found.values() for key in one["to_set"]} == TO_SET.keys()


@EACH
def test_a_ready_mapping_is_printed_to_be_copied_and_changed(name: str) -> None:
    printed = out("calls", "formats", name)
    assert printed == format_text(name)
    Path("mine.toml").write_text(printed, encoding="utf-8")
    assert evolve(load_format("mine.toml"), name=name) == ready_formats()[name]


@EACH
def test_a_copy_of_a_ready_mapping_takes_no_call_a_second_time(name: str) -> None:
    file = SAMPLES[name]
    accepted = values("calls", "import", file.name)["files"][0]["accepted"]
    Path("mine.toml").write_text(out("calls", "formats", name), encoding="utf-8")
    Path(f"later{file.suffix}").write_bytes(Path(file.name).read_bytes() + b"\n")
    again = values("calls", "import", f"later{file.suffix}", "--format", "mine.toml")["files"][0]
    assert (again["accepted"], again["duplicate"]) == (0, accepted)


def test_a_trial_counts_which_way_all_records_went_and_how_they_ended() -> None:
    found = values("calls", "try", "3cx.log")
    assert found["ends"][0] == {"direction": "inbound", "status": "answered", "records": 2}
    assert sum(one["records"] for one in found["ends"]) == found["rows"] - found["refused"]


def test_an_unknown_mapping_is_told_with_the_nearest() -> None:
    assert refused("calls", "formats", "freepbex") == [
        'freepbex: there is no such call format; did you mean "freepbx"?'
    ]


@EACH
def test_an_import_takes_the_mapping_that_fits_and_says_so(name: str) -> None:
    file = SAMPLES[name].name
    printed = out("calls", "import", file)
    assert f"{file} : format {name} (" in printed
    again = values("calls", "import", file)["files"][0]
    assert again["already"]
    assert "recognised" not in again
    assert again["accepted"] == again["rows"] > 0


def test_files_of_several_systems_come_in_together_each_by_its_own_mapping() -> None:
    found = values("calls", "import", "asterisk.csv", "yeastar.csv", "freepbx.csv")["files"]
    assert [one["recognised"] for one in found] == ["asterisk", "yeastar", "freepbx"]


def test_files_of_one_system_share_a_sentence() -> None:
    text = Path("yeastar.csv").read_text(encoding="utf-8")
    Path("later.csv").write_text(text.replace("02/10/2026", "03/10/2026"), encoding="utf-8")
    assert "2 fichiers, dont yeastar.csv : format yeastar" in out("calls", "import", "yeastar.csv", "later.csv")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("freeswitch.csv", "heures lues comme celles de Europe/Paris, le fichier ne dit pas leur fuseau"),
        ("3cx.log", "heures lues comme celles de UTC, le fichier ne dit pas leur fuseau"),
        ("asterisk.csv", "fuseau d'après les identifiants"),
        ("cucm.csv", "les heures disent leur fuseau"),
    ],
)
def test_a_stated_zone_is_named_where_the_file_does_not_tell_it(file: str, told: str) -> None:
    assert told in " ".join(out("calls", "import", file).split())


def test_a_file_of_an_unknown_system_is_not_taken_by_chance() -> None:
    Path("FRITZ.csv").write_text(FRITZ, encoding="utf-8")
    assert refused("calls", "import", "FRITZ.csv") == [
        "FRITZ.csv: no ready mapping fits; run `permanence calls new-format FRITZ.csv` for a mapping of its own"
    ]
    assert not Path("calls.db").exists()


@pytest.fixture
def two_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = ready_formats()["yeastar"]
    both = {"yeastar": ours, "other": evolve(ours, name="other", title="Another one")}
    monkeypatch.setattr(call_format_named, "ready_formats", lambda: both)


@pytest.mark.usefixtures("two_that_fit")
def test_where_two_mappings_fit_a_file_is_refused_with_both_names() -> None:
    assert refused("calls", "import", "yeastar.csv") == [
        'yeastar.csv: "yeastar" and "other" fit it; say which with --format, such as --format yeastar'
    ]


@pytest.mark.usefixtures("two_that_fit")
def test_where_two_mappings_fit_somebody_at_the_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_format_named, "at_terminal", lambda: True)
    result = CliRunner().invoke(main, ("calls", "import", "yeastar.csv"), input="other\n", prog_name="permanence")
    assert result.exit_code == 0, result.output
    assert "yeastar.csv: which of these wrote it (yeastar, other): " in click.unstyle(result.stderr)
    assert "format other (Another one)" in result.stdout


def test_a_try_shows_records_calls_and_refusals_and_writes_nothing() -> None:
    before = sorted(Path().iterdir())
    text = Path("yeastar.csv").read_text(encoding="utf-8").replace("ABANDONED", "GONE")
    Path("yeastar.csv").write_text(text, encoding="utf-8")
    found = values("calls", "try", "yeastar.csv")
    assert (found["format"], found["recognised"], found["rows"], found["refused"]) == ("yeastar", True, 10, 1)
    assert [call["lines"] for call in found["calls"]][:2] == [[9], [2, 3]]
    assert found["calls"][1] | {"lines": []} == {
        "lines": [],
        "start": "2026-10-02T06:00:02+00:00",
        "wait_seconds": 5,
        "talk_seconds": 160,
        "status": "answered",
        "direction": "inbound",
        "tags": "",
        "language": "",
    }
    assert found["problems"] == [
        {
            "line": 6,
            "what": 'Status "GONE" has no meaning in [status]; known: ABANDONED, ANSWERED, BUSY, FAILED, '
            "NO ANSWER, VOICEMAIL",
        }
    ]
    assert "yeastar.csv:6: Status" in out("calls", "try", "yeastar.csv")
    assert sorted(Path().iterdir()) == before


def test_a_try_shows_a_file_of_which_most_would_be_refused() -> None:
    text = Path("asterisk.csv").read_text(encoding="utf-8").replace("from-", "my-")
    Path("asterisk.csv").write_text(text, encoding="utf-8")
    found = values("calls", "try", "asterisk.csv")
    assert (found["rows"], found["refused"], found["records"]) == (8, 8, [])
    assert all("in [direction]" in problem["what"] for problem in found["problems"])
    assert "is not of format asterisk" in refused("calls", "import", "asterisk.csv")[0]


GENERIC = "source,call_id,linked_id,start,wait_seconds,talk_seconds,status,tags\n"


@pytest.mark.parametrize("turned", [False, True])
def test_a_try_joins_records_as_a_bill_does(*, turned: bool) -> None:
    """Of records of one second the shorter id stands first: the call ended as "10" did, whatever the file's order."""
    ends = {"10": "busy,b", "9": "no_answer,a"}
    records = [f"s,{number},L,2026-10-02T10:00:00+02:00,4,0,{end}" for number, end in ends.items()]
    others = [
        "t,L,,2026-10-02T10:00:01+02:00,5,6,answered,other",
        "s,L,,2026-10-04T10:00:01+02:00,7,8,answered,later",
    ]
    lines = [*records, *others]
    Path("own.csv").write_text(GENERIC + "\n".join(lines[::-1] if turned else lines) + "\n", encoding="utf-8")
    found = values("calls", "try", "own.csv", "--format", "generic")["calls"]
    assert [(len(call["lines"]), call["status"], call["tags"]) for call in found] == [
        (2, "busy", "a b"),
        (1, "answered", "other"),
        (1, "answered", "later"),
    ]


def test_a_call_of_a_first_record_has_its_later_legs_too() -> None:
    lines = Path("asterisk.csv").read_text(encoding="utf-8").splitlines()
    many = [
        lines[6],
        *(lines[1].replace("1790921100.11", f"1790921100.{number}") for number in range(20, 40)),
        lines[7],
    ]
    Path("many.csv").write_text("\n".join(many) + "\n", encoding="utf-8")
    found = values("calls", "try", "many.csv")
    assert len(found["records"]) == 10
    assert [call["lines"] for call in found["calls"] if len(call["lines"]) > 1] == [[1, 22]]


@pytest.mark.parametrize(
    ("text", "decided", "ended"),
    [
        (FRITZ, "hours and minutes, or minutes and seconds (mm:ss)?", ["answered", "no_answer"]),
        (STATEMENT, "zone: the file does not say in which zone its times are", ["answered", "no_answer", "answered"]),
    ],
)
def test_a_drafted_mapping_loads_and_can_be_tried_at_once(text: str, decided: str, ended: list[str]) -> None:
    Path("appels.csv").write_text(text, encoding="utf-8")
    drafted = values("calls", "new-format", "appels.csv")
    assert drafted["file"] == "appels.toml"
    assert any(decided in one for one in drafted["to_decide"])
    assert f"{decided}" in Path("appels.toml").read_text(encoding="utf-8")
    found = values("calls", "try", "appels.csv", "--format", "appels.toml")
    assert found["refused"] == 0
    assert [record["status"] for record in found["records"]] == ended
    assert {record["number"] for record in found["records"]} == {"+33199000001"}
    assert [record["caller"] for record in found["records"]][:2] == ["+33639980001", "+33639980002"]


def test_a_draft_joins_date_and_hour_and_knows_french_words() -> None:
    Path("appels.csv").write_text(STATEMENT, encoding="utf-8")
    out("calls", "new-format", "appels.csv")
    found = values("calls", "try", "appels.csv", "--format", "appels.toml")["records"]
    assert [record["start"] for record in found] == [
        "2026-10-02T06:00:02+00:00",
        "2026-10-02T11:15:02+00:00",
        "2026-10-13T07:00:00+00:00",
    ]
    assert [record["direction"] for record in found] == ["inbound", "inbound", "outbound"]
    assert [record["talk_seconds"] for record in found] == [65, 0, 30]
    assert "day or month first" not in Path("appels.toml").read_text(encoding="utf-8")


@EACH
def test_a_draft_of_each_systems_file_loads_or_says_what_is_left(name: str) -> None:
    file = SAMPLES[name].name
    drafted = values("calls", "new-format", file, "--to", "mine.toml")
    shown = typed("calls", "try", file, "--format", "mine.toml", "--json")
    assert shown.exit_code == 0, (drafted, shown.stderr)
    found = json.loads(shown.stdout)
    assert found["rows"] > 0
    assert found["records"]


def test_a_draft_has_no_callers_number() -> None:
    for name, path in SAMPLES.items():
        out("calls", "new-format", path.name, "--to", f"{name}.mine.toml")
        assert "06399800" not in Path(f"{name}.mine.toml").read_text(encoding="utf-8")


def test_a_draft_takes_no_file_that_is_there() -> None:
    Path("appels.toml").write_text("mine", encoding="utf-8")
    Path("appels.csv").write_text(STATEMENT, encoding="utf-8")
    assert refused("calls", "new-format", "appels.csv") == [
        "appels.toml: is there already; name another file with --to, or move it away"
    ]
    assert Path("appels.toml").read_text(encoding="utf-8") == "mine"


def test_what_shows_no_columns_is_told() -> None:
    Path("letter.txt").write_text("Madame, Monsieur\nVeuillez agréer\n", encoding="utf-8")
    assert refused("calls", "new-format", "letter.txt") == [
        "letter.txt: no columns show in its first lines; is it a file of call records?"
    ]
