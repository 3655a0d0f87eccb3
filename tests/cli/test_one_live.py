"""One contract's running month, told from what is kept after a change, is that which is counted from nothing."""

import gzip
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from permanence.cli import counting_live

from tests.cli.typed import out, values

DAY = ("--on", "2026-10-31")
KEPT = ("live.kept", "live.book", "live.calls")
FEW = ("C0001", "C0004", "C0005", "C0011")


@pytest.fixture(scope="module")
def known(service: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the month was counted when part of its calls had come in."""
    here = tmp_path_factory.mktemp("known")
    for name in ("contracts", "rules", "sellers"):
        shutil.copytree(service / name, here / name)
    lines = gzip.decompress((service / "cdr-2026-10.csv.gz").read_bytes()).decode().splitlines(keepends=True)
    (here / "first.csv").write_text("".join(lines[:1500]), "utf-8")
    (here / "later.csv").write_text("".join(lines[1500:]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        out("calls", "import", str(service / "cdr-2026-09.csv.gz"), "first.csv", "--format", "asterisk")
        out("live", "C0004", *DAY)
    return here


@pytest.fixture(autouse=True)
def here(known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(known, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")


def generic(*rows: str) -> None:
    """Import records of one contract: id, link, when it arrived, and account and number."""
    head = "call_id,linked_id,start,account,number,wait_seconds,talk_seconds,status"
    Path("more.csv").write_text("\n".join([head, *(f"{row},3,60,answered" for row in rows)]) + "\n", "utf-8")
    out("calls", "import", "more.csv", "--format", "generic")


@pytest.mark.parametrize("name", KEPT[1:])
def test_what_is_damaged_is_counted_from_nothing(name: str) -> None:
    told, whole = values("live", "C0004", *DAY), Path(name).read_bytes()
    for content in (b"null\n[]", whole[: len(whole) // 2]):
        Path("live.kept").unlink(missing_ok=True)
        Path(name).write_bytes(content)
        assert values("live", "C0004", *DAY) == told


def nothing_else_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def counts(*_: object, **__: object) -> None:
        raise AssertionError("all was counted")

    monkeypatch.setattr(counting_live, "show_counted", counts)


def from_nothing() -> Any:
    for name in KEPT:
        Path(name).unlink(missing_ok=True)
    return values("live", *DAY)


def each_is_told_as_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        nothing_else_counts(patch)
        found = {name: values("live", name, *DAY) for name in FEW}
    whole = from_nothing()
    rows = {row["contract"]: row for row in whole["contracts"]}
    for name in FEW:
        assert found[name] == {**whole, "contracts": [rows[name]], "holds": []}


LATER: dict[str, Callable[[], object]] = {
    "nothing but what was counted has gone": lambda: None,
    "calls came in": lambda: out("calls", "import", "later.csv", "--format", "asterisk"),
    "calls of several records came in": lambda: generic(
        "a,x,2026-10-30T10:00:00+01:00,C0004,",
        "b,x,2026-10-30T10:01:00+01:00,C0001,",
        "c,,2026-10-30T11:00:00+01:00,C0005,",
    ),
    "a call of the month before came in": lambda: generic("a,,2026-09-10T10:00:00+02:00,C0004,"),
    "a call that names two contracts came in": lambda: generic("a,,2026-10-30T10:00:00+01:00,C0004,C0005"),
    "a call was excluded": lambda: out("calls", "exclude", "5", "--why", "Faux numéro.", "--by", "A"),
    "a call came a day after": lambda: generic("a,,2026-11-01T10:00:00+01:00,C0004,"),
}


@pytest.mark.parametrize("change", LATER)
def test_after_a_change_one_contract_is_told_as_from_nothing(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LATER[change]()
    Path("live.kept").unlink()
    each_is_told_as_from_nothing(monkeypatch)


CUSTOMERS, RULES = Path("contracts/customers.toml"), Path("rules/essentielle-2023-01-01.toml")
REMOVED = """
[[event]]
contract = "C0004"
on = 2026-10-12
what = "option_removed"
option = "svi"
"""


def appended(more: str) -> None:
    CUSTOMERS.write_text(CUSTOMERS.read_text("utf-8") + more, "utf-8")


def another_signed() -> None:
    """Sign another contract, and import a call that names its line and another's: it is nobody's."""
    text = CUSTOMERS.read_text("utf-8")
    more = re.sub(r"(?m)^(digest|fingerprint) = .*\n", "", text[text.rindex("[[contract]]") :])
    more = re.sub(r'id = ".*?"', 'id = "C0099"', more, count=1)
    appended("\n" + re.sub(r"lines = .*", 'lines = ["+33199000050"]', more, count=1))
    generic("a,,2026-10-30T10:00:00+01:00,C0004,+33199000050", "b,,2026-10-30T11:00:00+01:00,C0001,")


def next_version() -> None:
    text = RULES.read_text("utf-8")
    assert "sold_from = 2023-01-01" in text
    Path("rules/next.toml").write_text(text.replace("sold_from = 2023-01-01", "sold_from = 2026-10-01"), "utf-8")


ON_FILE: dict[str, Callable[[], object]] = {
    "an option was given up": lambda: appended(REMOVED),
    "another contract was signed": another_signed,
    "an offer has another version": next_version,
    "a seller was touched": lambda: os.utime(next(Path("sellers").glob("*.toml")), (1, 1)),
    "what is on file is not kept": lambda: Path("live.book").unlink(),
}


@pytest.mark.parametrize("change", ON_FILE)
def test_once_a_file_has_changed_one_contract_is_told_as_from_nothing(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ON_FILE[change]()
    each_is_told_as_from_nothing(monkeypatch)
