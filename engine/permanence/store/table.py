"""How a table of a database is described: its columns, with their meaning and unit, and what makes it."""

from attrs import frozen

UTC_SECONDS = "seconds since 1970-01-01 UTC"
UNKNOWN = "; empty where it is older than this column"


@frozen
class Column:
    """One column: SQL type, what it holds, its unit, and the table it refers to.

    One that is ``made_of`` others takes no room: it is worked out when it is read.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    refers_to: str = ""
    made_of: str = ""


@frozen
class Table:
    """One STRICT table: its columns, its key, its French title, and what is unique or indexed in it.

    A ``key`` of several columns begins with the row that these belong to, so that they lie together and need no index
    of their own: the table is one tree. Without one, the first column is the key. ``triggers`` are statements that make
    what guards its rows; a table that is ``hidden`` is for programs alone.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    label: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    key: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def stored(self) -> tuple[Column, ...]:
        """Return the columns that are written, without those that are made of others."""
        return tuple(column for column in self.columns if not column.made_of)

    @property
    def begins_with(self) -> str:
        """Return the first column of the key, which begins with the month in every table of a month."""
        return self.key[0] if self.key else self.columns[0].name

    @property
    def ddl(self) -> str:
        """Return the statement that creates the table."""
        lines = []
        for position, column in enumerate(self.columns):
            nullable = column.type.endswith("?")
            text = f"[{column.name}] {column.type.rstrip('?')}"
            if column.made_of:
                lines.append(f"{text} GENERATED ALWAYS AS ({column.made_of}) VIRTUAL")
                continue
            text += " PRIMARY KEY" if position == 0 else ("" if nullable else " NOT NULL")
            if column.refers_to:
                text += f" REFERENCES [{column.refers_to}]([id])"
            lines.append(text)
        lines += [f"UNIQUE ({', '.join(f'[{name}]' for name in names)})" for names in self.unique]
        lines += [f"PRIMARY KEY ({', '.join(f'[{name}]' for name in self.key)})"] if self.key else []
        form = "STRICT, WITHOUT ROWID" if self.key else "STRICT"
        return f"CREATE TABLE [{self.name}] (\n  " + ",\n  ".join(lines) + f"\n) {form}"

    @property
    def packed(self) -> bool:
        """Tell whether columns of the table hold many values each, which a program has to take apart."""
        return any(column.type == "BLOB" for column in self.columns)

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the statements that create the table, its indexes and its triggers."""
        indexes = []
        for names in self.indexes:
            columns = ", ".join(f"[{name}]" for name in names)
            indexes.append(f"CREATE INDEX [{self.name}_{'_'.join(names)}] ON [{self.name}] ({columns})")
        return (self.ddl, *indexes, *self.triggers)
