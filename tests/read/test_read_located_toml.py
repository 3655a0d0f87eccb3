"""Every key and value of a TOML text has its place."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.model.problem import Place, Refused
from permanence.read.toml.located_toml import LocatedToml, parse, read_toml
from permanence.read.toml.located_toml import Path as TomlPath

TEXT = """\
a.b."c d" = 1    # a comment
"é" = "x"
list = [
    1,  # one
    { q = 2, r.s = [3] },
]

[fruit.apple]
colour = \"\"\"
  red\"\"\"
taste.sweet = true

[[rule]]
id = 'first'
[[rule.step]]
"when é" = "élan"
[[rule]]
[rule.then]
charge = "bands"
"""


def place_of(path: TomlPath) -> tuple[int, int]:
    place = parse(TEXT, "x.toml").place(path)
    return place.line, place.column


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("a", "b", "c d"), (1, 13)),
        (("list", 1, "q"), (5, 11)),
        (("list", 1, "r", "s", 0), (5, 21)),
        (("fruit",), (8, 1)),
        (("fruit", "apple", "colour"), (9, 10)),
        (("fruit", "apple", "taste", "sweet"), (11, 15)),
        (("rule",), (13, 1)),
        (("rule", 0, "id"), (14, 6)),
        (("rule", 0, "step", 0, "when é"), (16, 12)),
        (("rule", 1), (17, 1)),
        (("rule", 1, "then", "charge"), (19, 10)),
        (("rule", 1, "then", "nothing"), (18, 1)),
        (("nothing",), (1, 1)),
    ],
)
def test_a_value_is_found_where_it_stands(path: TomlPath, where: tuple[int, int]) -> None:
    assert place_of(path) == where


def test_a_key_is_found_where_it_stands() -> None:
    located = parse(TEXT, "x.toml")
    assert located.key_place(("rule", 0, "step", 0, "when é")) == Place("x.toml", 16, 1, '"when é" = "élan"', 8)
    assert located.key_place(("a", "b")).column == 1
    assert located.key_place(("rule", 1, "then")) == Place("x.toml", 18, 1, "[rule.then]", 11)
    assert located.key_place(()) == Place("x.toml", 1, 1, TEXT.split("\n", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("value", "where"), [('"when"', (1, 6)), ("'when'", (1, 6)), ('"""when"""', (1, 8)), ("'''\nwhen'''", (2, 1))]
)
def test_a_text_begins_inside_its_quotes(value: str, where: tuple[int, int]) -> None:
    place = parse(f"a = {value}\n", "x.toml").text_place(("a",))
    assert (place.line, place.column) == where


@pytest.mark.parametrize(
    ("text", "path", "meant"),
    [
        ("[a]\nb = 2026-01-01 # day\n", ("a", "b"), "2026-01-01"),
        ("[a]\nb = 1\n", ("a",), "[a]"),
        ("[[a]] # first\nb = 1\n", ("a", 0), "[[a]]"),
        ('"é" = { "û" = "été", v = 1 }\n', ("é", "û"), '"été"'),
        ("a = [  # open\n  1,\n]\n", ("a",), "[  # open"),
    ],
)
def test_exactly_what_is_meant_is_marked(text: str, path: TomlPath, meant: str) -> None:
    place = parse(text, "x.toml").place(path)
    line, carets = place.excerpt
    assert line[carets.index("^") : carets.rindex("^") + 1] == meant


def test_the_marks_of_a_text_lie_inside_its_quotes() -> None:
    assert parse("a = 'when'\n", "x.toml").text_place(("a",)).excerpt == ("a = 'when'", "     ^^^^")
    assert parse("\ta = 'when'\n", "x.toml").text_place(("a",)).excerpt == ("\ta = 'when'", "\t     ^^^^")


def test_a_text_that_is_not_there_begins_at_the_top() -> None:
    assert parse("a = 1", "x.toml").text_place(("b",)).line == 1


def paths(value: Any, path: TomlPath = ()) -> Iterator[tuple[TomlPath, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield (*path, step), item
        yield from paths(item, (*path, step))


SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
"""The signs that a text may have."""
names = st.text(SIGNS, max_size=6) | st.sampled_from(["a", "b-c", "rule", "1"])
trees = st.recursive(
    st.just(0),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


def quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")


def inline(value: Any, numbers: Iterator[int]) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(key)} = {inline(item, numbers)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[ " + ", ".join(inline(item, numbers) for item in value) + "\n]"
    return str(next(numbers))


def tables(value: dict[str, Any], name: str, numbers: Iterator[int]) -> Iterator[str]:
    """Write a table with headers; tables in tables get a header, and lists of tables one for each."""
    below: list[str] = []
    for key, item in value.items():
        full = f"{name}.{quoted(key)}".lstrip(".")
        if isinstance(item, dict):
            below += [f"[{full}]", *tables(item, full, numbers)]
        elif isinstance(item, list) and item and all(isinstance(one, dict) for one in item):
            below += [line for one in item for line in (f"[[{full}]]", *tables(one, full, numbers))]
        else:
            yield f"{quoted(key)} = {inline(item, numbers)}"
    yield from below


@settings(deadline=None)
@given(st.dictionaries(names, trees, max_size=4), st.booleans())
def test_every_path_that_a_text_gives_has_its_own_place(tree: dict[str, Any], headers: bool) -> None:
    numbers = count(100)
    lines = (
        list(tables(tree, "", numbers))
        if headers
        else [f"{quoted(key)} = {inline(value, numbers)}" for key, value in tree.items()]
    )
    located = parse("\n".join(lines), "x.toml")
    for path, value in paths(located.table):
        place = located.place(path)
        begins = "".join(located.text.split("\n")[place.line - 1])[place.column - 1 :]
        if isinstance(value, int):
            assert begins.startswith(str(value))
        else:
            assert begins[0] in "[{"
        key = located.key_place(path)
        if isinstance(path[-1], str):
            written = located.text.split("\n")[key.line - 1][key.column - 1 :]
            assert written.startswith((quoted(path[-1]), "["))


def test_places_are_found_in_what_only_newer_toml_allows() -> None:
    located = parse("a = {\n  b = 1,\n  c = 2,\n}\nd = 3", "x.toml")
    assert located.place(("a", "c")).line in {1, 3}
    assert located.place(("d",)).line == 5


def test_decimal_numbers_are_exact() -> None:
    assert parse("a = 59.10", "x.toml").table == {"a": Decimal("59.10")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = [1,\nb = 2", "x.toml:2:1: not TOML: Invalid value\n    b = 2\n    ^"),
        ("a = " + "9" * 5000, "x.toml: not TOML: Exceeds the limit"),
        ("a = " + "[" * 9000, "x.toml: not TOML: TOML inline arrays"),
    ],
)
def test_wrong_toml_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, "x.toml")
    assert str(refused.value).startswith(message)


def test_files_of_windows_and_of_editors_that_mark_utf8_are_read(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    located = read_toml(file)
    assert located.text == "a = 1\nb = 2\n"
    assert located.place(("b",)) == Place(file.as_posix(), 2, 5, "b = 2")


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.toml", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(Refused) as refused:
            read_toml(path)
        assert str(refused.value) == f"{path.as_posix()}: cannot be read: {why}"


def test_two_readings_of_one_text_are_told_apart() -> None:
    one = parse("a = 1", "x.toml")
    assert isinstance(one, LocatedToml)
    assert one != parse("a = 1", "x.toml")
