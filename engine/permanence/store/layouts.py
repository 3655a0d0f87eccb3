"""What a database is made of, and the steps that bring an older one up to date, each taken once."""

from collections.abc import Callable

from attrs import frozen
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from .table import Table

STEPS_TAKEN = Migrations.migrations_table
"""The table in which sqlite-utils notes the steps that a database has taken."""


@frozen
class Step:
    """A change of a database's tables, by a name that never changes; ``adds`` names the tables that it brings.

    A new database takes every step too, just after it was made: there a step finds nothing left to do.
    """

    name: str
    take: Callable[[Database], None]
    adds: tuple[str, ...] = ()


@frozen
class DatabaseLayout:
    """The tables of a database as they are now, and the steps that led to them from its ``first`` version.

    ``again`` says how to make another in place of one that is older than that.
    """

    name: str
    tables: tuple[Table, ...]
    first: int
    steps: tuple[Step, ...]
    again: str

    @property
    def version(self) -> int:
        """Return the version of the tables, which a database bears as its `user_version`: each step raises it."""
        return self.first + len(self.steps)

    @property
    def notes_deeds(self) -> bool:
        """Tell whether the database notes who did what."""
        return any(table.name == "audit" for table in self.tables)

    def tables_of(self, version: int) -> tuple[str, ...]:
        """Return the names of the tables of which a database of a version has every one."""
        later = {name for step in self.steps[max(version - self.first, 0) :] for name in step.adds}
        return tuple(table.name for table in self.tables if table.name not in later)

    def create(self, database: Database) -> None:
        """Make the tables in an empty database, within the transaction that is open."""
        for table in self.tables:
            for statement in table.statements:
                database.execute(statement)

    def bring_up_to_date(self, database: Database) -> None:
        """Take the steps that a database has not taken yet, within the transaction that is open."""
        migrations = Migrations(self.name)
        for step in self.steps:
            migrations(name=step.name)(step.take)
        migrations.apply(database)
        database.execute(f"PRAGMA user_version = {self.version}")


def tables_added(name: str, tables: tuple[Table, ...], fill: Callable[[Database], None] = lambda _: None) -> Step:
    """Return the step that makes tables that were not there before.

    They are empty for what was done before, unless ``fill`` knows better.
    """

    def take(database: Database) -> None:
        new = [table for table in tables if table.name not in set(database.table_names())]
        for table in new:
            for statement in table.statements:
                database.execute(statement)
        if new:
            fill(database)

    return Step(name, take, adds=tuple(table.name for table in tables))


def together(name: str, *steps: Step) -> Step:
    """Return several steps as one: what came with one release raises the version once."""

    def take(database: Database) -> None:
        for step in steps:
            step.take(database)

    return Step(name, take, adds=tuple(table for step in steps for table in step.adds))
