"""Tables and columns of the databases, in Markdown: ``python -m permanence.store.data_dictionary > docs/data.md``."""

from collections.abc import Iterable, Iterator

from .migrations import LAYOUTS
from .table import Column, Table

INTRODUCTION = """\
# What is in the databases

Permanence keeps its results in two SQLite files. `billing.db` holds bills and no telephone number of a caller;
`calls.db` holds the calls, which are personal data. They are apart so that the right to read one is not the right to
read the other. A third, `impact.db`, is written by `permanence impact --database impact.db` alone: one run, what a new
version of an offer would have billed. It can be deleted at any time. A fourth, `mail.db`, says of each mail how far it
is: without it, mails that are in the outbox would be sent once more. `portal.db` has the
links to customers' pages (`permanence portal`), of each a digest alone.

They can be read by any program that reads SQLite, while Permanence writes too (write-ahead logging). Do not write to
them: a month is changed by billing it again, which replaces that month's drafts in one transaction.

Money is whole euro cents, unit prices are millionths of a euro, instants are seconds since 1970-01-01 UTC, days are
`YYYY-MM-DD`, yes/no is 1/0. A type with `?` may be empty. Every table here is STRICT, and `→` is a foreign key.

`permanence browse` shows all of this in French, with dates and euros as people write them, but `portal.db`: what of a
link people need to know is in `permanence portal links`.

## Versions

A database bears the version of its tables as `user_version`, and lists in `_sqlite_migrations` the steps that it has
taken since its first version. `permanence bill`, `calls import` and `impact --database` bring the older database that
they write to up to date, in one transaction; `permanence upgrade` does nothing else. Before that, a copy is kept beside
it, `billing.db.v2.bak`, which no later one overwrites. That of `calls.db` holds personal data like itself: delete it
when it is not needed any more. Commands that only read leave an older database as it is, and say what to run. A
database of a later version is left alone: install that Permanence.

## Questions to ask

Does every record of a month end in exactly one place, and every call? Both differences are 0, or something is wrong;
they are empty for a month billed before records and calls were counted apart:

```sql
select id as month, came_in, came_in - (duplicate + refused + records) as records_difference,
       calls, calls - (counted + outside + excluded + unassigned + held) as calls_difference
from run order by id;
```

Are the calls on the bills the calls that were counted? Contracts on hold have no bill, so theirs are missing here:

```sql
select run.id as month, counted, sum(invoice.calls) as billed,
       (select count(*) from hold where month = run.id) as on_hold
from run join invoice on invoice.month = run.id group by run.id order by run.id;
```

Does every invoice add up, to the cent?

```sql
select invoice.id from invoice
where net_cents <> (select sum(amount_cents) from line where line.invoice = invoice.id)
   or vat_cents <> (select sum(amount_cents) from vat where vat.invoice = invoice.id)
   or total_cents <> net_cents + vat_cents;
```

Which rule brought in how much?

```sql
select month, version, rule.name, count(*) as lines, sum(amount_cents) as cents
from line join rule on rule.id = line.rule join invoice on invoice.id = line.invoice join offer on offer.id = rule.offer
group by month, version, rule.name order by month, cents desc;
```

Why does this line say what it says?

```sql
select sentence, rule.file || ':' || rule.line as place, rule.condition, line_fact.name, value, fact.meaning
from line join rule on rule.id = line.rule
join line_fact on line_fact.line = line.id join fact on fact.id = line_fact.name
where line.id = '2026-10-C0004-1';
```

Which call records were set aside, and why? (In `calls.db`.)

```sql
select import.file, set_aside.line, outcome, reason from set_aside join import on import.id = set_aside.import;
```

Which bills would change by more than ten euros, by which rule and on which line? (In `impact.db`.)

```sql
select month, contract, rule, label, replay_reason.change_cents
from replay_reason join replay_bill on replay_bill.id = replay_reason.bill
where abs(replay_bill.change_cents) > 1000 order by month, contract;
```

`permanence impact --csv impact.csv` writes the same figures as `replay_bill`, in cents, with the months that are not
compared: `why_before` and `why_after` are filled for those alone.
"""
HEADER = "| column | type | what | unit |\n|---|---|---|---|"


def data_dictionary() -> str:
    """Return docs/data.md: how to query, then each table of the databases with its columns and their units."""
    return "\n".join([INTRODUCTION, *(text for one in LAYOUTS for text in _database(f"{one.name}.db", one.tables))])


def _database(name: str, tables: Iterable[Table]) -> Iterator[str]:
    yield f"## {name}\n"
    for table in tables:
        yield f"### {table.name}: {table.title}\n\n{table.meaning}\n\n{HEADER}"
        yield from map(_row, table.columns)
        yield from (f"\nUnique: {', '.join(names)}." for names in table.unique)
        yield ""


def _row(column: Column) -> str:
    meaning = column.meaning + (f" → {column.refers_to}" if column.refers_to else "")
    return f"| `{column.name}` | {column.type} | {meaning} | {column.unit} |"


if __name__ == "__main__":
    print(data_dictionary(), end="")
