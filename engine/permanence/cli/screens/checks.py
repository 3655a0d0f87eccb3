"""What `permanence check` and `permanence options` print."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs
from rich.console import Console
from rich.text import Text

from ...model.keys import DOC, is_key, key_name
from ...model.money import Micros, plain
from ...model.option import AMOUNTS
from ...model.options_on_sale import OptionOnOffer
from ...offers.examples.corrected import Correction
from .output import Record, show_table, table


def show_checked(console: Console, summary: Record) -> None:
    """Print the offers that were proved, and how many contracts were read."""
    columns = ("Offer", "File", "Rules", "Cases", "Examples")
    rows = [tuple(row[name] for name in ("offer", "file", "rules", "cases", "examples")) for row in summary["offers"]]
    if rows:
        show_table(console, table("Offers without a problem", columns, rows, numbers=(2, 3, 4)))
        groups = [(row["offer"], cases_by_group(row)) for row in summary["offers"]]
        show_table(console, table("Cases by group", ("Offer", "Cases"), groups))
    if summary["contracts"]:
        console.print(f"{summary['contracts']} contract{'s' if summary['contracts'] > 1 else ''} without a problem")
    elif summary["sellers"] and not rows:
        console.print(f"{summary['sellers']} seller{'s' if summary['sellers'] > 1 else ''} without a problem")


def show_correction(console: Console, done: Correction) -> None:
    """Print each value that was corrected in a rule file, before and after, or why none was."""
    for change in done.changes:
        key, where = change.deviation, f"{change.where.file}:{change.where.line}"
        values = f"{key.told(key.said)} → {key.told(key.came)}"
        console.print(Text(f'{where}: "{change.title}": {key.name} {values}'), soft_wrap=True)
    examples = len({change.title for change in done.changes})
    count = f"{examples} example{'s' if examples > 1 else ''} corrected, to be reviewed"
    console.print(
        Text(f"{done.file}: {count if examples else f'no example corrected: {done.why_not}'}"), soft_wrap=True
    )


def cases_by_group(offer: Record) -> str:
    """Return the cases of an offer's groups, the largest first, as a sum: ``16 + 4 + 12 × 2``."""
    sizes = Counter(group["cases"] for group in offer["groups"])
    ordered = sorted(sizes.items(), reverse=True)
    return " + ".join(f"{count} × {size}" if count > 1 else str(size) for size, count in ordered)


def options_summary(options: Mapping[str, OptionOnOffer]) -> Record:
    """Return every option: its name, where it comes from, the keys of its table, the facts it measures."""
    return {
        "options": [
            {
                "option": name,
                "name": found.option.label.fr,
                "distribution": found.distribution,
                "keys": {key_name(field): _key(field) for field in attrs.fields(found.option) if is_key(field)},
                "facts": {fact.name: fact.meaning for fact in found.option.facts},
            }
            for name, found in options.items()
        ]
    }


def _key(field: "attrs.Attribute[Any]") -> str:
    if field.default is attrs.NOTHING:
        return f"{field.metadata[DOC]} Required."
    default = "" if field.default is None else _written(field)
    return f"{field.metadata[DOC]}" + (f" Default: {default}." if default else "")


def _written(field: "attrs.Attribute[Any]") -> str:
    if field.type in AMOUNTS:
        return plain(Micros(field.default or 0))
    return ", ".join(field.default) if isinstance(field.default, tuple) else str(field.default)


def show_options(console: Console, summary: Record) -> None:
    """Print each option with the keys of its table and the facts that it measures."""
    for row in summary["options"]:
        console.print(Text(f"[option.{row['option']}]", style="bold"), Text(f"{row['name']} · {row['distribution']}"))
        for name, meaning in row["keys"].items():
            console.print(Text(f"  {name:13}", style="cyan") + Text(meaning), soft_wrap=True)
        for name, meaning in row["facts"].items():
            console.print(Text(f"  {name}", style="green") + Text(f"  {meaning}"), soft_wrap=True)
        if "conformance" in row:
            console.print(Text("  conformance", style="green") + Text(f"  {row['conformance']}"), soft_wrap=True)
