"""A folder that is followed: what systems write into it is taken in as they write, and nothing twice."""

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from permanence.store.calls import import_calls, open_calls

from tests.cli.typed import out, refused, typed

HEADER = "call_id,start,wait_seconds,talk_seconds,status\n"
IMPORT = "permanence.cli.commands.calls.follow.import_calls"
FOLLOW = ("calls", "follow", "cdr", "--format", "generic")
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("cdr").mkdir()
    return tmp_path


def line(number: int, talk: int = 60) -> str:
    return f"{number},2026-10-02T08:00:00+02:00,3,{talk},answered\n"


def written(name: str, *ids: int) -> Path:
    path = Path("cdr", name)
    path.write_text(HEADER + "".join(map(line, ids)), "utf-8")
    return path


def add(name: str, text: str) -> None:
    with Path("cdr", name).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def following(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Follow the folder: before each look but the first, something happens; then comes Ctrl-C."""

    def follow(*acts: Act, words: tuple[str, ...] = FOLLOW) -> Result:
        left: Iterator[Act] = iter((*acts, interrupt))
        monkeypatch.setattr("permanence.cli.commands.calls.follow.sleep", lambda _: next(left)())
        return typed(*words)

    return follow


def interrupt() -> None:
    raise KeyboardInterrupt


def nothing() -> None:
    pass


def ids() -> list[str]:
    with closing(open_calls("calls.db")) as base:
        return [found for (found,) in base.execute("SELECT call_id FROM call ORDER BY id").fetchall()]


def one(sql: str) -> Any:
    with closing(open_calls("calls.db")) as base:
        return base.execute(sql).fetchone()[0]


def test_what_a_file_grows_by_is_taken_and_nothing_is_told_as_known(following: Callable[..., Result]) -> None:
    written("a.csv", 1, 2)
    ended = following(
        lambda: add("a.csv", line(3) + line(4)[:10]), lambda: add("a.csv", line(4)[10:]), lambda: add("a.csv", line(5))
    )
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ids() == ["1", "2", "3", "4", "5"]
    assert one("SELECT sum(duplicate) + sum(refused) FROM import") == 0
    assert "cdr/a.csv : 2 reçus, 2 acceptés, 0 doublon, 0 refusé" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "Fin du suivi : 5 reçus, 5 acceptés, 0 doublon, 0 refusé"


def test_new_files_are_taken_and_other_files_left_alone(following: Callable[..., Result]) -> None:
    Path("cdr/notes.md").write_text("nothing to take", "utf-8")
    ended = following(lambda: written("a.csv", 1), lambda: written("b.csv", 2))
    assert ended.stderr == ""
    assert ids() == ["1", "2"]


def test_a_line_that_is_not_ended_waits_and_the_end_says_so(following: Callable[..., Result]) -> None:
    written("a.csv", 1)
    ended = following(lambda: add("a.csv", line(2)[:-1]), nothing, nothing)
    assert (ids(), ended.stderr) == (["1"], "")
    assert "En attente : cdr/a.csv : its last line is not ended: 41 bytes wait" in ended.stdout


def test_started_again_it_goes_on_where_it_was(following: Callable[..., Result]) -> None:
    written("a.csv", 1, 2)
    following()
    add("a.csv", line(3))
    ended = following()
    assert "Fin du suivi : 1 reçu, 1 accepté, 0 doublon, 0 refusé" in ended.stdout
    assert ids() == ["1", "2", "3"]
    assert "Fin du suivi : 0 reçu" in following().stdout


def test_it_goes_on_after_a_file_that_was_imported(following: Callable[..., Result]) -> None:
    written("a.csv", 1, 2)
    out("calls", "import", "cdr", "--format", "generic")
    add("a.csv", line(3))
    assert "Fin du suivi : 1 reçu, 1 accepté, 0 doublon, 0 refusé" in following().stdout
    out("calls", "import", "cdr", "--format", "generic")
    assert one("SELECT sum(duplicate) FROM import") == 0


def test_a_log_that_is_put_aside_loses_nothing(following: Callable[..., Result]) -> None:
    written("Master.csv", 1, 2)

    def put_aside() -> None:
        add("Master.csv", line(3))
        Path("cdr/Master.csv").rename("cdr/Master.csv.1")
        written("Master.csv", 4)

    ended = following(put_aside, lambda: add("Master.csv", line(5)))
    assert sorted(ids()) == ["1", "2", "3", "4", "5"]
    assert "Fin du suivi : 5 reçus, 5 acceptés, 0 doublon" in ended.stdout


def test_a_log_that_is_copied_and_cut_loses_nothing(following: Callable[..., Result]) -> None:
    written("Master.csv", 1, 2, 3)

    def cut() -> None:
        add("Master.csv", line(4))
        Path("cdr/Master.csv.1").write_bytes(Path("cdr/Master.csv").read_bytes())
        os.truncate("cdr/Master.csv", 0)
        add("Master.csv", HEADER + line(5))

    following(cut, nothing)
    assert sorted(ids()) == ["1", "2", "3", "4", "5"]
    assert one("SELECT sum(duplicate) + sum(refused) FROM import") == 0


def test_a_packed_file_is_taken_when_it_is_complete(following: Callable[..., Result]) -> None:
    packed = gzip.compress((HEADER + line(1) + line(2)).encode())
    path = Path("cdr/a.csv.gz")
    path.write_bytes(packed[:20])
    ended = following(lambda: path.write_bytes(packed[:40]), lambda: path.write_bytes(packed), nothing, nothing)
    assert (ids(), ended.stderr) == (["1", "2"], "")


def test_what_stays_wrong_is_told_once_and_keeps_nothing_else_out(following: Callable[..., Result]) -> None:
    Path("cdr/a.csv.gz").write_bytes(gzip.compress(HEADER.encode())[:20])
    Path("cdr/b.csv").write_text("nothing\nlike\nit\n", "utf-8")
    written("c.csv", 1)
    ended = following(nothing, nothing, nothing, nothing)
    assert ended.exit_code == 0
    assert ids() == ["1"]
    assert ended.stderr.count("the gzip file is cut short") == 1
    assert ended.stderr.count('the column "call_id" is missing') == 1
    assert "En attente : cdr/a.csv.gz : the gzip file is cut short" in ended.stdout


def test_a_pipe_or_a_device_is_told_once_and_keeps_nothing_else_out(following: Callable[..., Result]) -> None:
    os.mkfifo("cdr/a.csv")
    Path("cdr/b.csv").symlink_to("/dev/zero")
    Path("cdr/c.csv").symlink_to("nowhere")
    written("d.csv", 1)
    result = following(nothing, lambda: written("e.csv", 2), nothing)
    for name in ("a.csv", "b.csv"):
        assert result.stderr.count(f"cdr/{name}: is a pipe or a device, not a file; name a file") == 1
    assert ids() == ["1", "2"]


def test_records_that_cannot_be_used_are_told_with_their_line(following: Callable[..., Result]) -> None:
    written("a.csv", 1, 2, 3)
    ended = following(lambda: add("a.csv", line(4, talk=-1)))
    assert "cdr/a.csv:5: talk_seconds is negative" in ended.stdout
    assert "4 reçus, 3 acceptés, 0 doublon, 1 refusé" in ended.stdout


def test_a_database_that_fails_is_told_and_what_was_new_is_taken_later(
    following: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    written("a.csv", 1)

    def full(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    def heal() -> None:
        monkeypatch.setattr(IMPORT, import_calls)

    monkeypatch.setattr(IMPORT, full)
    ended = following(nothing, heal, nothing)
    assert "cdr/a.csv: calls.db: No space left on device; make room for it, and try again" in ended.stderr
    assert ids() == ["1"]


ASTERISK = (
    '"","0639980001","0199000010","from-trunk","""x"" <0639980001>","SIP/a-1","SIP/b-2","Dial","SIP/b","{0} 08:00:00",'
    '"{0} 08:00:03","{0} 08:01:03",63,60,"ANSWERED","DOCUMENTATION","{1}.{2}",""\n'
)
UNNAMED = FOLLOW[:-2]
KNOWN = (
    "cdr/a.csv : format generic (Our own columns, as in docs/calls.md), reconnu aux noms des colonnes ; "
    "les heures disent leur fuseau."
)


def asterisk(number: int) -> str:
    return ASTERISK.format("2026-10-02", 1_790_920_800, number)


def test_without_a_format_each_file_is_read_with_the_one_that_fits_it(following: Callable[..., Result]) -> None:
    written("a.csv", 1, 2)
    Path("cdr/b.csv").write_text(asterisk(1), "utf-8")
    ended = following(lambda: add("a.csv", line(3)), lambda: add("b.csv", asterisk(2)), nothing, words=UNNAMED)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ids() == ["1", "2", "1790920800.1", "3", "1790920800.2"]
    told = " ".join(ended.stdout.split())
    assert told.count(KNOWN) == 1
    assert told.count("cdr/b.csv : format asterisk (") == 1
    assert told.count("reconnu") == 2


def test_a_file_that_no_format_fits_waits_and_is_told_once(following: Callable[..., Result]) -> None:
    Path("cdr/b.csv").write_text("nothing\nlike\nit\n", "utf-8")
    written("a.csv", 1)
    ended = following(nothing, nothing, nothing, lambda: add("a.csv", line(2)), words=UNNAMED)
    assert ids() == ["1", "2"]
    assert ended.stderr.count("cdr/b.csv: no ready mapping fits; run `permanence calls new-format cdr/b.csv`") == 1
    assert "En attente : cdr/b.csv : no ready mapping fits" in ended.stdout


def test_a_file_is_not_recognised_by_half_a_line(following: Callable[..., Result]) -> None:
    Path("cdr/b.csv").write_text(asterisk(1)[:60], "utf-8")
    Path("cdr/a.csv").write_text(HEADER, "utf-8")
    ended = following(
        nothing, lambda: add("b.csv", asterisk(1)[60:]), lambda: add("a.csv", line(1)), nothing, words=UNNAMED
    )
    assert sorted(ids()) == ["1", "1790920800.1"]
    assert "En attente" not in ended.stdout


def test_a_name_under_which_another_system_goes_on_is_recognised_anew(following: Callable[..., Result]) -> None:
    written("a.csv", 1)

    def other() -> None:
        Path("cdr/a.csv").rename("cdr/a.csv.1")
        Path("cdr/a.csv").write_text(asterisk(1), "utf-8")

    ended = following(other, nothing, words=UNNAMED)
    assert (ids(), ended.stderr) == (["1", "1790920800.1"], "")
    assert "a.csv.1" not in ended.stdout


def test_what_was_taken_with_a_mapping_of_ones_own_is_not_asked_about_again(following: Callable[..., Result]) -> None:
    Path("mine.toml").write_text(
        'title = "Mine"\n[column]\ncall_id = "i"\nstart = "s"\ntalk = "t"\n'
        '[status]\nalways = "answered"\n[direction]\nalways = "inbound"\n',
        "utf-8",
    )
    Path("cdr/a.csv").write_text("i,s,t\n1,2026-10-02T08:00:00+02:00,60\n", "utf-8")
    out("calls", "import", "cdr", "--format", "mine.toml")
    ended = following(nothing, nothing, words=UNNAMED)
    assert (ended.stderr, "En attente" in ended.stdout) == ("", False)


def test_a_folder_that_is_not_there_is_refused() -> None:
    assert refused("calls", "follow", "none", "--format", "generic") == [
        "none: there is no such folder; name the one with the call files"
    ]
