"""Triggers that guard rows: nothing changes them or takes them away, and none is put in place of another."""

from collections.abc import Iterable


def never_changed(table: str, what: str) -> tuple[str, ...]:
    """Return the triggers that refuse any change and any deletion of a table's rows, in these words."""
    return tuple(
        f"CREATE TRIGGER [{table}_no_{verb.lower()}] BEFORE {verb} ON [{table}]"
        f" BEGIN SELECT RAISE(ABORT, '{what}'); END"
        for verb in ("UPDATE", "DELETE")
    )


def put_once(table: str, keys: Iterable[str], what: str) -> str:
    """Return the trigger that refuses a row in place of one of the same key, which "INSERT OR REPLACE" would put."""
    alike = " AND ".join(f"[{key}] = NEW.[{key}]" for key in keys)
    return (
        f"CREATE TRIGGER [{table}_once] BEFORE INSERT ON [{table}] BEGIN SELECT CASE"
        f" WHEN EXISTS (SELECT 1 FROM [{table}] WHERE {alike}) THEN RAISE(ABORT, '{what}') END; END"
    )


def stays(table: str, what: str, *keys: str) -> tuple[str, ...]:
    """Return the triggers of a table that only grows."""
    return (*never_changed(table, what), put_once(table, keys, what))
