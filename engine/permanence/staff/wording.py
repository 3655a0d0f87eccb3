"""What the templates can call: French titles, words and formats, in every page."""

from typing import Any

from datasette.utils import tilde_encode

from ..model.outcome import OUTCOMES
from ..model.words.amounts import percent_in_words
from ..model.words.french import each_in_words, typeset, unit_of
from ..model.words.numbers import in_thousands
from . import cells, sentences
from .cells import NUMBERS, heading, key_text
from .databases import BILLING, CALLS, IMPACT, LEFT_OUT, MAIL, SCHEMAS
from .filters import filter_title, filterable, typed
from .french import OPERATORS, PARAMETERS, column_title, count, shown
from .hooks import hook
from .own_titles import KINDS, choice, titled
from .to_be_done_again import ToBeDoneAgain, to_be_done_again

MONTHS_OF = """
select month from invoice where contract = :contract
union
select month from hold where contract = :contract
order by month desc
"""
TERMS_OF = "select * from contract_term where contract = :contract order by number"
READING_ORDER = [table.name for tables in SCHEMAS.values() for table in tables]


def in_reading_order(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return tables in the schema's order, from the run to its details, rather than by their English names."""
    known = {name: place for place, name in enumerate(READING_ORDER)}
    return sorted(tables, key=lambda table: known.get(table["name"], len(known)))


async def typed_in(datasette: Any, table: str, column: str, value: str) -> str:
    """Return a filter's value as staff would type it: of what an offer names, its title."""
    one = choice(table, column, value)
    return await titled(datasette, one) if (table, column) in KINDS and value else typed(column, value)


@hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Give the templates their filters and what is the same on every page."""

    def said(database: str, table: str = "") -> str:
        """Return the sentence that says what a database or a table holds; empty when nobody wrote one."""
        return str(datasette.metadata("description", database, table or None, fallback=False) or "")

    def titles(database: str, table: str = "") -> str:
        """Return the French title of a database or a table; its name when it has none."""
        return str(datasette.metadata("title", database, table or None, fallback=False) or table or database)

    async def again() -> ToBeDoneAgain:
        """Return the months that are to be done again."""
        return await to_be_done_again(datasette)

    async def billed_months(contract: str) -> list[str]:
        """Return the months in which a contract was billed or on hold, the last one first."""
        found = await datasette.get_database(BILLING).execute(MONTHS_OF, {"contract": contract})
        return [row[0] for row in found]

    async def own_terms(contract: str) -> list[dict[str, Any]]:
        """Return what a contract chose and agreed besides its offer's text, as it was billed last."""
        found = await datasette.get_database(BILLING).execute(TERMS_OF, {"contract": contract})
        return [dict(row) for row in found]

    env.filters.update(
        choice_told=lambda value, column, table: titled(datasette, choice(table, column, value)),
        column_title=column_title,
        count=count,
        each_in_words=each_in_words,
        percent_in_words=lambda share: percent_in_words(share).fr,
        typeset=typeset,
        unit_of=unit_of,
        filter_title=filter_title,
        in_reading_order=in_reading_order,
        number=in_thousands,
        shown=lambda value, column, currency="": shown(column, value, currency) or value,
        tilde=tilde_encode,
        typed=lambda value, column, table: typed_in(datasette, table, column, value),
    )
    env.globals.update(
        again=again,
        billed_months=billed_months,
        cells=cells,
        own_terms=own_terms,
        filterable=filterable,
        has_calls=CALLS in datasette.databases,
        has_impact=IMPACT in datasette.databases,
        has_mail=MAIL in datasette.databases,
        heading=heading,
        key_text=key_text,
        left_out=LEFT_OUT,
        numbers=NUMBERS,
        operators=OPERATORS,
        outcomes=[outcome.word for outcome in OUTCOMES],
        parameters=PARAMETERS,
        said=said,
        sentences=sentences,
        titles=titles,
    )
