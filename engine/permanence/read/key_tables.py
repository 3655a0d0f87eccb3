"""Every key of every file, and every fact, in Markdown: ``python -m permanence.read.key_tables > docs/keys.md``."""

from collections.abc import Iterator

from ..model.facts import STAGES, VOCABULARIES, FactField
from ..model.option import Option
from ..model.quote import Quote
from ..model.settings import Settings
from .calls.mapping import CallFormat
from .contracts.contracts import ContractFile
from .offers.offers import offer_record
from .parties.sellers import SellerFile
from .toml.shapes import Choice, Either, Key, ListOf, Record, Scalar, Shape, TableOf
from .toml.structure import REST, record_of
from .toml.written import KEPT

INTRODUCTION = """\
# Every key, and every fact

Printed from the classes that read the files, so that it cannot say anything else than they do. An editor gets the same
as a JSON Schema from `permanence check --schema`, `--schema contract`, `--schema seller` and `--schema index`;
`permanence options` lists the keys of each option's own table.
"""
OF_THE_OFFER = """
Besides these: `option.<id>` (yes/no) for each option on sale, what options measure (`permanence options`),
`usage.<mark>` for each mark that a call rule sets, and, where rules on past months set a floor, `history.floor`: the
highest count of its band in this month, 0 without one.
"""
HEADER = "| key | written as | default | what |\n|---|---|---|---|"


def key_tables() -> str:
    """Return docs/keys.md: the keys of every kind of file that people write or read, and the facts by stage."""
    files = [
        ("Rule files", offer_record({})),
        ("The keys that every option has", record_of(Option)),
        ("Contract files", record_of(ContractFile)),
        ("Files of sellers, `sellers/<name>.toml`", record_of(SellerFile)),
        ("Quote files", record_of(Quote)),
        ("Call formats", record_of(CallFormat)),
        ("Settings of an installation, `permanence.toml`", record_of(Settings)),
    ]
    parts = [INTRODUCTION]
    for title, record in files:
        parts.append(f"## {title}\n")
        parts += _tables(record, "[option.<id>]" if record.made is Option else "")
    return "\n".join([*parts, *_facts()])


def _tables(record: Record, header: str) -> Iterator[str]:
    """Yield a table of keys, then those of the tables in it."""
    if header:
        yield f"### `{header}`\n"
    yield HEADER
    keys = [*record.keys.values(), *([record.rest] if record.rest else [])]
    yield from (_row(key) for key in keys)
    yield ""
    for key in keys:
        path = f"{header.strip('[]')}.{key.name}".lstrip(".")
        match key.shape:
            case Record() as inner:
                yield from _tables(inner, f"[{path}]")
            case ListOf(Record() as inner):
                yield from _tables(inner, f"[[{path}]]")
            case TableOf(Record() as inner):
                yield from _tables(inner, f"[{path}.<id>]")


def _row(key: Key) -> str:
    name = "<mission>" if key.name == REST else key.name
    shape = key.shape.item if key.name == REST and isinstance(key.shape, TableOf) else key.shape
    return f"| `{name}` | {_expects(shape)} | {_default(key)} | {key.doc.replace('|', '/')} |"


def _expects(shape: Shape) -> str:
    """Return how a value is written, in one phrase."""
    match shape:
        case ListOf(Record()):
            return "tables"
        case ListOf(item):
            return f"a list, each {item.expects}"
        case TableOf(Record()):
            return "a table for each"
        case TableOf(item):
            return f"a table, each {item.expects}"
    return shape.expects


def _default(key: Key) -> str:
    """Return a key's default as it would be written in the file; nothing for what is simply absent."""
    if key.required:
        return "required"
    if key.default in (None, "", ()) or not isinstance(key.shape, Scalar | Choice | Either | ListOf):
        return ""
    return f"`{KEPT.written(key.shape, key.default)}`"


def _facts() -> Iterator[str]:
    yield "## Facts that `when` may name\n"
    for stage, vocabulary in VOCABULARIES.items():
        yield f'### `on = "{stage}"`: {STAGES[stage].en}\n\n| fact | type | unit | sens |\n|---|---|---|---|'
        yield from map(_fact, vocabulary.fields.values())
        yield OF_THE_OFFER if stage == "month" else ""


def _fact(fact: FactField) -> str:
    kind = fact.type.replace("_", "/") + (f": {', '.join(fact.words)}" if fact.words else "")
    return f"| `{fact.name}` | {kind} | {fact.unit} | {fact.meaning} |"


if __name__ == "__main__":
    print(key_tables(), end="")
