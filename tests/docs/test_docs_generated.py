"""docs/data.md and docs/keys.md say what the code says, and the questions in docs/data.md can be asked."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from permanence.model.impact import Impact
from permanence.model.period import Month
from permanence.read.key_tables import key_tables
from permanence.store.calls import open_calls
from permanence.store.data_dictionary import data_dictionary
from permanence.store.impacts import write_database
from permanence.store.migrations import LAYOUTS
from permanence.store.results import open_billing

from tests.docs.documents import ROOT, blocks
from tests.installed import PLUGINS

NOTHING = Impact(
    against="",
    version="",
    file="",
    currency="EUR",
    measured_again=(),
    whys={},
    months=(Month(2026, 10),),
    bills=(),
    not_compared=(),
)
DATA, OFFERS = ROOT / "docs" / "data.md", ROOT / "docs" / "offers.md"


@pytest.mark.parametrize(
    ("page", "made", "module"),
    [
        ("data.md", data_dictionary, "permanence.store.data_dictionary"),
        ("keys.md", key_tables, "permanence.read.key_tables"),
    ],
)
def test_the_page_is_what_the_code_prints(page: str, made: Callable[[], str], module: str) -> None:
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == made(), f"print it again: python -m {module} > docs/{page}"


def test_every_table_and_column_is_listed() -> None:
    text = data_dictionary()
    for table in (table for layout in LAYOUTS for table in layout.tables):
        assert f"### {table.name}: {table.title}\n" in text
        assert all(f"| `{column.name}` | {column.type} |" in text for column in table.columns)


def test_every_key_of_a_table_inside_a_table_is_listed() -> None:
    text = key_tables()
    for header in (
        "[term]",
        "[[coverage.window]]",
        "[[bands.steps]]",
        "[price.<id>]",
        "[rule.then]",
        "[[contract.option]]",
    ):
        assert f"### `{header}`\n" in text


def test_a_default_is_written_as_the_file_would_have_it() -> None:
    text = key_tables()
    assert '| `notice` | a span such as "3 months" | `"3 months"` |' in text
    assert '| `exclude_tags` | a list, each a text | `["wrong_number", "test", "spam"]` |' in text
    assert "| `min_talk_seconds` | a whole number | `0` |" in text
    assert "| `sold_from` | a date such as 2026-01-31 | required |" in text


@pytest.mark.parametrize("number", range(len(blocks(DATA, "sql"))))
def test_every_question_shown_can_be_asked(number: int, tmp_path: Path) -> None:
    question = blocks(DATA, "sql")[number]
    path = tmp_path / "one.db"
    if "replay" in question.text:
        write_database(path, NOTHING)
    else:
        (open_calls(str(path)) if "set_aside" in question.text else open_billing(path)).close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute(question.text).fetchall() == []


def test_the_offers_page_names_each_of_our_options() -> None:
    text = OFFERS.read_text(encoding="utf-8")
    assert [name for name in PLUGINS.options if f"`[option.{name}]`" not in text] == []
