"""Signs that nothing shows are refused in each text of each file, at its place, whatever key it stands under."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from permanence.model.addendum import Addendum
from permanence.model.option import Option
from permanence.model.price_index import IndexSeries
from permanence.model.problem import Refused
from permanence.model.quote import Quote
from permanence.model.settings import Settings
from permanence.model.signs import cleaned
from permanence.read.calls.mapping import CallFormat
from permanence.read.contracts.contract_import import import_contracts
from permanence.read.contracts.contracts import ContractFile
from permanence.read.offers.offers import offer_record
from permanence.read.toml.located_toml import parse
from permanence.read.toml.shapes import Catalogue, Either, ListOf, Record, Scalar, Shape, TableOf
from permanence.read.toml.strange_signs import SEPARATORS, SEVERAL_LINES
from permanence.read.toml.structure import record_of
from permanence.read.toml.wording import Wording

Keys = tuple[str | int, ...]
ESCAPE, BACKWARDS, NEXT = "\x1b", "\u202e", "\x85"


def shapes(options: Mapping[str, type[Option]]) -> Iterator[Record]:
    """Yield the shape of each file that is read."""
    yield offer_record(options)
    for made in (ContractFile, Quote, Addendum, IndexSeries, CallFormat, Settings):
        yield record_of(made)


def texts(shape: Shape, path: Keys = ()) -> Iterator[Keys]:
    """Yield the path of each text that a file of a shape may have."""
    match shape:
        case Record():
            for key in (*shape.keys.values(), *([shape.rest] if shape.rest else [])):
                yield from texts(key.shape, (*path, key.name.replace("*", "any")))
        case Catalogue(items):
            for name, item in items.items():
                yield from texts(item, (*path, name))
        case TableOf(item):
            yield from texts(item, (*path, "any"))
        case ListOf(item):
            yield from texts(item, (*path, 0))
        case Either(shapes):
            for one in shapes:
                yield from texts(one, path)
        case Wording():
            yield path
            yield (*path, "fr")
            yield (*path, "en")
        case Scalar():
            if shape.notation.written_as is str:
                yield path
        case _:
            yield path


def written(path: Keys, value: str) -> str:
    """Return a file that has one text, at a path, and the order to a terminal or the like as an escape."""
    text = '"' + "".join(sign if " " <= sign < "\x7f" else f"\\u{ord(sign):04X}" for sign in value) + '"'
    for step in reversed(path[1:]):
        text = f"[{text}]" if isinstance(step, int) else f'{{ "{step}" = {text} }}'
    return f"{path[0]} = {text}\n"


def refused(text: str) -> list[str]:
    try:
        parse(text, "file.toml")
    except Refused as found:
        return [f"{one.where.file}:{one.where.line} {one.what}" for one in found.problems if one.hint]
    return []


def test_each_text_of_each_file_is_refused_with_its_place(options: Mapping[str, type[Option]]) -> None:
    walked = [path for record in shapes(options) for path in texts(record)]
    assert len(walked) > 300
    for path in walked:
        key = next(step for step in reversed(path) if isinstance(step, str))
        for sign in (ESCAPE, BACKWARDS, NEXT):
            (told,) = refused(written(path, f"a{sign}b"))
            assert told.startswith(f'file.toml:1 "{key}" has U+{ord(sign):04X}, ')
        assert bool(refused(written(path, "a\nb"))) is (key not in SEVERAL_LINES)
        assert refused(written(path, "Salon Rouge, élégant — 10 €")) == []


@pytest.mark.parametrize("where", ["[price.{}]\n", "{} = 1\n", "a = [{{ {} = 1 }}]\n"])
def test_names_are_refused_too(where: str) -> None:
    (told,) = refused(where.format('"a\\u001bb"'))
    assert told == "file.toml:1 a name has U+001B, a control character"


def test_what_stands_in_the_file_itself_is_refused_like_what_is_escaped() -> None:
    assert refused(f'title = "a{BACKWARDS}b"\n') == ['file.toml:1 "title" has U+202E, which lets a text run backwards']


def test_a_sign_between_columns_may_be_a_tab_and_nothing_longer() -> None:
    for key in SEPARATORS:
        assert refused(written((key,), "\t")) == []
        assert refused(written((key,), "\t\x1b")) != []


def test_a_list_of_customers_is_refused_like_a_contract_file(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(
        "account,line,customer,mission,options,note,kind,region,signed,live\n"
        f"C1,,Salon{ESCAPE}[31m Rouge,simple,,,,,2026-01-01,\n",
        encoding="utf-8",
    )
    _, problems = import_contracts(path, "essentielle@2023-01-01")
    assert [(one.where.line, one.what) for one in problems] == [(2, '"name" has U+001B, a control character')]


def test_what_is_shown_all_the_same_has_the_number_of_the_sign() -> None:
    assert cleaned("a\x1b[31mb\u202e\tc\n") == "a<U+001B>[31mb<U+202E><U+0009>c<U+000A>"
    assert cleaned("a\tb\n\x07", lines=True) == "a\tb\n<U+0007>"
