"""Files are written by one hand: whole or not at all, with the rights they had, one writer at a time."""

import errno
import fcntl
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from permanence.model.problem import Refused
from permanence.read import file_lock
from permanence.read.deeds import forget, note, noting, so_far
from permanence.read.file_lock import changing, held_file
from permanence.read.files import create_file, remove_file, replace_file

Write = Callable[[Path, bytes], None]
BOTH = pytest.mark.parametrize("write", [replace_file, create_file])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "PATIENCE", 0.0)


def names(folder: Path = Path()) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fails(number: int, name: str = "") -> Callable[..., Any]:
    def fail(*_arguments: Any, **_named: Any) -> None:
        raise OSError(number, os.strerror(number), name or None)

    return fail


@BOTH
def test_a_new_file_holds_what_was_written_and_nothing_is_left_beside_it(write: Write) -> None:
    write(Path("a.toml"), b"one")
    assert (Path("a.toml").read_bytes(), names()) == (b"one", ["a.toml"])


def test_a_file_is_replaced_with_the_rights_that_it_had() -> None:
    path = Path("a.toml")
    path.write_bytes(b"one")
    path.chmod(0o640)
    replace_file(path, b"two")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o640)


def test_a_new_file_has_the_rights_that_new_files_have() -> None:
    Path("theirs").write_bytes(b"")
    create_file(Path("ours"), b"")
    assert Path("ours").stat().st_mode == Path("theirs").stat().st_mode


def test_a_link_is_followed_and_stays_a_link() -> None:
    Path("real").mkdir()
    Path("real/a.toml").write_bytes(b"one")
    Path("a.toml").symlink_to("real/a.toml")
    replace_file(Path("a.toml"), b"two")
    assert Path("a.toml").is_symlink()
    assert (Path("real/a.toml").read_bytes(), names(Path("real"))) == (b"two", ["a.toml"])


@pytest.mark.parametrize("is_link", [False, True])
def test_a_file_that_is_there_is_never_created_over(is_link: bool) -> None:
    path = Path("a.toml")
    if is_link:
        path.symlink_to("nowhere")
    else:
        path.write_bytes(b"one")
    with pytest.raises(FileExistsError) as refused:
        create_file(path, b"two")
    assert refused.value.filename == "a.toml"
    assert names() == ["a.toml"]
    assert is_link or path.read_bytes() == b"one"


def test_a_file_is_created_where_files_have_one_name_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fails(errno.EPERM))
    create_file(Path("a.toml"), b"one")
    with pytest.raises(FileExistsError):
        create_file(Path("a.toml"), b"two")
    assert (Path("a.toml").read_bytes(), names()) == (b"one", ["a.toml"])


def test_a_write_that_the_system_takes_in_pieces_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    replace_file(Path("a.toml"), b"0123456789")
    assert Path("a.toml").read_bytes() == b"0123456789"


@BOTH
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_is_told_with_the_name_of_the_file_and_leaves_it_as_it_was(
    write: Write, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("a.toml")
    if write is replace_file:
        path.write_bytes(b"one")
    before = names()
    monkeypatch.setattr(os, call, fails(errno.ENOSPC))
    with noting() as deeds, pytest.raises(OSError, match=r"\[Errno 28\] .*: 'a\.toml'"):
        write(path, b"two")
    assert (names(), dict(deeds)) == (before, {})
    assert not before or path.read_bytes() == b"one"


@BOTH
def test_a_folder_that_cannot_be_flushed_is_told_beside_the_file_that_is_written(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            fails(errno.EIO)()
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    with noting() as deeds, pytest.raises(OSError, match="Input/output error"):
        write(Path("a.toml"), b"one")
    assert dict(deeds) == {"a.toml": "was written"}
    assert Path("a.toml").read_bytes() == b"one"


def test_a_folder_that_no_system_flushes_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync
    kinds: list[bool] = []

    def only_files(descriptor: int) -> None:
        kinds.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        if kinds[-1]:
            fails(errno.EINVAL)()
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    replace_file(Path("a.toml"), b"one")
    assert kinds == [False, True]


@BOTH
def test_what_a_killed_process_left_is_no_hindrance_and_goes(write: Write) -> None:
    beside = Path(".a.toml.part")
    beside.write_bytes(b"half of it")
    write(Path("a.toml"), b"one")
    assert (Path("a.toml").read_bytes(), names()) == (b"one", ["a.toml"])
    # It was killed between the two names of a new file: what is beside is the file itself.
    os.link("a.toml", beside)
    replace_file(Path("a.toml"), b"two")
    assert (Path("a.toml").read_bytes(), names()) == (b"two", ["a.toml"])
    os.link("a.toml", beside)
    with pytest.raises(FileExistsError):
        create_file(Path("a.toml"), b"three")
    assert (Path("a.toml").read_bytes(), names()) == (b"two", ["a.toml"])


def test_what_is_no_file_is_written_through() -> None:
    replace_file(Path(os.devnull), b"one")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    os.mkfifo("pipe")
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(Path("pipe").read_bytes()))
    reader.start()
    replace_file(Path("pipe"), b"one")
    reader.join()
    assert (found, names()) == ([b"one"], ["pipe"])


def test_an_open_stream_that_leads_to_a_file_is_poured_into_and_not_replaced() -> None:
    log = Path("log.txt")
    log.write_bytes(b"before\n")
    with log.open("ab") as stream:
        replace_file(Path(f"/dev/fd/{stream.fileno()}"), b"after\n")
        os.write(stream.fileno(), b"and on\n")
    assert log.read_bytes() == b"before\nafter\nand on\n"


def test_a_file_that_may_not_be_written_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path("kept.toml")
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, mode: (Path(path).name, mode) != ("kept.toml", os.W_OK))
    with pytest.raises(PermissionError) as refused:
        replace_file(file, b"new")
    assert (refused.value.filename, file.read_bytes()) == ("kept.toml", b"old")


def test_a_file_in_a_folder_that_is_not_there_is_named() -> None:
    for write in (replace_file, create_file):
        with pytest.raises(FileNotFoundError) as refused:
            write(Path("no/a.toml"), b"one")
        assert refused.value.filename == "no/a.toml"


def test_a_file_that_is_taken_away_again_is_not_among_what_was_done() -> None:
    with noting() as deeds:
        create_file(Path("a.toml"), b"one")
        create_file(Path("b.toml"), b"one")
        remove_file(Path("a.toml"))
    assert (dict(deeds), names()) == ({"b.toml": "was written"}, ["b.toml"])


def test_what_is_done_is_noted_once_for_each_thing_in_the_order_of_its_end() -> None:
    note("a.db", "was made")
    assert so_far() == {}
    with noting() as deeds:
        note("a.db", "was made")
        note("b.toml", "was written")
        note("a.db", "was written")
        forget("c")
        assert so_far() == {"b.toml": "was written", "a.db": "was written"}
    assert list(deeds) == ["b.toml", "a.db"]
    assert so_far() == {}


def test_one_file_has_one_writer_at_a_time(impatient: None) -> None:
    with held_file(Path(".a.toml.part"), Path("a.toml")), pytest.raises(Refused) as refused:
        replace_file(Path("a.toml"), b"two")
    assert str(refused.value) == "a.toml: another command is writing this file; try again when it is done"
    assert names() == []


def test_whoever_changes_a_folder_keeps_others_out_with_a_sentence(impatient: None) -> None:
    with changing(Path("contracts"), Path("rules")):
        Path("rules").mkdir()
        with pytest.raises(Refused) as refused, changing(Path("rules"), Path("contracts")):
            pytest.fail("two at once")
        assert str(refused.value) == ("contracts: another command is changing contracts/; try again when it is done")
        with changing(Path("rules")):
            pass
    with changing(Path("rules"), Path("contracts")):
        assert names() == ["rules"]


def test_a_folder_is_made_for_what_comes_into_it_and_goes_when_nothing_does() -> None:
    with changing(Path("new/contracts"), Path("rules")):
        assert Path("new/contracts").is_dir()
    assert names() == []
    with changing(Path("new/contracts")):
        create_file(Path("new/contracts/a.toml"), b"one")
    assert names(Path("new/contracts")) == ["a.toml"]


def test_a_folder_that_the_one_before_took_away_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = file_lock._lock
    taken: list[int] = []

    def take_away_first(descriptor: int, *told: Any) -> None:
        if not taken:
            Path("contracts").rmdir()
        taken.append(descriptor)
        lock(descriptor, *told)

    monkeypatch.setattr(file_lock, "_lock", take_away_first)
    with changing(Path("contracts")):
        assert Path("contracts").is_dir()
    assert len(taken) == 2


def test_a_folder_that_cannot_be_locked_is_locked_by_a_file_in_it(
    impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock

    def files_only(descriptor: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            fails(errno.EBADF)()
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", files_only)
    with changing(Path("contracts")):
        assert names(Path("contracts")) == [".lock"]
        with pytest.raises(Refused), changing(Path("contracts")):
            pytest.fail("two at once")


def test_a_lock_that_fails_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", fails(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"), changing(Path("contracts")):
        pytest.fail("not locked")
    assert names() == []
