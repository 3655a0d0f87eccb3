"""How a table of a database is described: its columns, with their meaning and unit, and what makes it."""

from attrs import frozen

UTC_SECONDS = "seconds since 1970-01-01 UTC"
UNKNOWN = "; empty where it is older than this column"


@frozen
class Column:
    """One column: SQL type, what it holds, its unit, and the table it refers to."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    refers_to: str = ""


@frozen
class Table:
    """One STRICT table: its columns, its key, its French title, and what is unique or indexed in it."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    label: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def ddl(self) -> str:
        """Return the statement that creates the table; the first column is the key."""
        lines = []
        for position, column in enumerate(self.columns):
            nullable = column.type.endswith("?")
            text = f"[{column.name}] {column.type.rstrip('?')}"
            text += " PRIMARY KEY" if position == 0 else ("" if nullable else " NOT NULL")
            if column.refers_to:
                text += f" REFERENCES [{column.refers_to}]([id])"
            lines.append(text)
        lines += [f"UNIQUE ({', '.join(f'[{name}]' for name in names)})" for names in self.unique]
        return f"CREATE TABLE [{self.name}] (\n  " + ",\n  ".join(lines) + "\n) STRICT"

    @property
    def packed(self) -> bool:
        """Tell whether columns of the table hold many values each, which a program has to take apart."""
        return any(column.type == "BLOB" for column in self.columns)

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the statements that create the table and its indexes."""
        indexes = []
        for names in self.indexes:
            columns = ", ".join(f"[{name}]" for name in names)
            indexes.append(f"CREATE INDEX [{self.name}_{'_'.join(names)}] ON [{self.name}] ({columns})")
        return (self.ddl, *indexes)
