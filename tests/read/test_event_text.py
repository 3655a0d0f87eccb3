"""Events at the end of contract files: whatever a file's end is, it reads as before with these events more."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.model.contract import Contract
from permanence.model.event import Event
from permanence.model.problem import Refused
from permanence.read.contracts.contracts import read_contracts
from permanence.read.contracts.event_text import with_events

HEAD = "format = 1\n"
CONTRACT = """
[[contract]]
id = "{0}"
customer = {{ name = "Café du Port" }}
offer = "basic@2024-01-01"
lines = ["{0}"]
signed = 2025-01-10
"""
TAKEN = '\n[[event]]\ncontract = "C2"\non = 2025-03-01\nwhat = "suspended"\n'
ONE, TWO = CONTRACT.format("C1"), CONTRACT.format("C1") + CONTRACT.format("C2")
FILES: Mapping[str, str] = {
    "one contract": HEAD + ONE,
    "two contracts": HEAD + TWO,
    "events of before": HEAD + TWO + TAKEN,
    "an option at the end": HEAD + TWO + '\n[[contract.option]]\nid = "svi"\n',
    "a note of several lines": HEAD + TWO + 'note = """\n[[event]]\n"""\n',
    "contracts in a list": HEAD
    + "contract = [\n"
    + ' { id = "C1", customer = { name = "X" }, offer = "b@2024-01-01", lines = ["C1"], signed = 2025-01-10 },\n'
    + ' { id = "C2", customer = { name = "Y" }, offer = "b@2024-01-01", lines = ["C2"], signed = 2025-01-10 },\n]\n',
}
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ENDS: Mapping[str, str] = {"": "", "a comment": "# fin", "blank lines": "\n\n", "spaces": "  \t"}


def changed(contract: str = "C1", on: date = date(2025, 11, 3)) -> Event:
    return Event(contract=contract, on=on, what="offer_changed", offer="basic@2025-10-01")


def on_file(folder: Path) -> tuple[Contract, ...]:
    contracts, problems = read_contracts(sorted(folder.glob("*.toml")))
    assert problems == ()
    return contracts


def bare(contract: Contract) -> Contract:
    """Return a contract as it was signed, and where."""
    return evolve(contract, events=())


def happened(contract: Contract) -> list[tuple[date, str, str]]:
    return [(event.on, event.what, event.name) for event in contract.events]


def appended(folder: Path, *events: Event) -> None:
    """Write events into the files of a folder; each file begins with what was in it."""
    for path, content in with_events(on_file(folder), events).items():
        assert content.startswith(path.read_bytes())
        path.write_bytes(content)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "with a mark"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("cut", [False, True], ids=["whole", "without its last end of line"])
@pytest.mark.parametrize("name", FILES)
def test_whatever_the_end_of_a_file_is_it_has_one_event_more_and_nothing_else(
    name: str, cut: bool, ends: str, mark: bytes, tmp_path: Path
) -> None:
    for end in ENDS.values():
        text = FILES[name] + end
        text = text.rstrip("\n") if cut else text
        Path(tmp_path, "c.toml").write_bytes(mark + text.replace("\n", ends).encode())
        before = on_file(tmp_path)
        appended(tmp_path, changed())
        told = [
            [*happened(one), *[(date(2025, 11, 3), "offer_changed", "basic@2025-10-01")] * (one.id == "C1")]
            for one in before
        ]
        after = on_file(tmp_path)
        assert [happened(one) for one in after] == told
        assert [bare(one) for one in after] == [bare(one) for one in before]
        content = Path(tmp_path, "c.toml").read_bytes()
        assert content.endswith(ends.encode())
        assert f"{ends}{ends}[[event]]{ends}".encode() in content
        assert (b"\r\n" in content) == (ends == "\r\n")
        assert (b"\r\n" not in content) or content.count(b"\n") == content.count(b"\r\n")


def test_an_event_names_its_contract_unless_the_file_holds_no_other(tmp_path: Path) -> None:
    Path(tmp_path, "one.toml").write_text(HEAD + CONTRACT.format("C3"), "utf-8")
    Path(tmp_path, "two.toml").write_text(HEAD + TWO, "utf-8")
    appended(tmp_path, changed("C3"), changed("C1"), changed("C2"))
    one, two = (Path(tmp_path, f"{name}.toml").read_text("utf-8") for name in ("one", "two"))
    assert one.endswith('\n\n[[event]]\non = 2025-11-03\nwhat = "offer_changed"\noffer = "basic@2025-10-01"\n')
    assert two.count('\n\n[[event]]\ncontract = "C1"\n') == two.count('\n\n[[event]]\ncontract = "C2"\n') == 1
    assert [len(contract.events) for contract in on_file(tmp_path)] == [1, 1, 1]


def test_events_in_a_list_take_none_at_the_end_of_the_file(tmp_path: Path) -> None:
    text = HEAD + 'event = [{ contract = "C2", on = 2025-03-01, what = "suspended" }]\n' + TWO
    Path(tmp_path, "c.toml").write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        with_events(on_file(tmp_path), [changed()])
    (problem,) = refused.value.problems
    assert (problem.where.line, problem.where.text[:9]) == (2, "event = [")
    assert problem.what == "an event cannot be added at the end of this file"
    assert problem.hint == "write each of them below an [[event]] header of its own"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(("C1", "C2", "C3")), DAYS), max_size=6))
def test_events_that_are_written_in_turn_or_at_once_read_the_same(
    tmp_path: Path, added: list[tuple[str, date]]
) -> None:
    found = []
    events = [changed(*one) for one in added]
    for turns in ([events], [[event] for event in events]):
        Path(tmp_path, "one.toml").write_text(HEAD + CONTRACT.format("C3"), "utf-8")
        Path(tmp_path, "two.toml").write_text(HEAD + TWO + TAKEN, "utf-8")
        for turn in turns:
            appended(tmp_path, *turn)
        found.append([(bare(contract), happened(contract)) for contract in on_file(tmp_path)])
    assert found[0] == found[1]
