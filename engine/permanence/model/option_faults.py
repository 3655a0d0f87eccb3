"""Everything that is wrong with the class of an option, found when it is registered."""

import inspect
import keyword
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_type_hints

import attrs

from .coverage import CoverageWindow
from .facts import BILLED, COUNTED, MONTH_FACTS, TALK
from .keys import DOC, is_key, key_name
from .never_charged import ALWAYS
from .occurrence import OCCURRENCE
from .option import Option
from .option_answers import check_label
from .option_sense import key_faults, unit_faults
from .scalars import Words
from .signs import strange_sign
from .type_held import holds, type_told
from .work import WORK

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
MOST_SIGNS_OF_ID = 60
MADE_BY = inspect.getsourcefile(attrs.evolve)
AT_ITS_MAKING = ("__attrs_post_init__", "__attrs_pre_init__")
"""What attrs calls while an option is made from its table, which is done with care."""
USAGE = re.compile(r"usage\.[a-z][a-z0-9_]*")
ASKED: Mapping[str, int] = {
    "widen": 1,
    "measure": 1,
    "prices": 0,
    "priced": 0,
    "promises": 0,
    "charge": 1,
    "check_contract": 2,
}
"""The methods that a class may have of its own, and with how many values each is asked."""
DECLARED: Mapping[str, Any] = {
    name: hint.__args__[0] for name, hint in get_type_hints(Option).items() if "ClassVar" in str(hint)
}
"""What a class declares of itself, and its type."""
OURS = {name for name in dir(Option) if not name.startswith("__")} - {*ASKED, *DECLARED}
"""What every option has that no class may have otherwise: keys, and what the engine asks of an option."""


def class_faults(kind: type[Option]) -> Iterator[str]:
    """Yield everything that is wrong with a class of option; it is not asked anything."""
    decorated = "__attrs_attrs__" in vars(kind)
    if not decorated:
        yield "it is not decorated: write @frozen(kw_only=True) above the class"
    first = (*_declared(kind), *(_shadowed(kind) if decorated else ()))
    yield from first
    if not first:
        yield from _facts(kind)
        yield from _names(kind)
    yield from _methods(kind)
    yield from _asked_by_python(kind)
    if not decorated:
        return
    faults = tuple(_fields(kind))
    yield from faults
    if not faults:
        yield from key_faults(kind)


def called(kind: type[Option]) -> str:
    """Return what a class of option is called where its id may be none."""
    name = inspect.getattr_static(kind, "id", None)
    return f'option "{name[:MOST_SIGNS_OF_ID]}"' if type(name) is str and name else f"option class {kind.__name__}"


def id_fault(name: object) -> str:
    """Return why an option cannot have an id; nothing where rule files and the conditions in them can name it."""
    if type(name) is not str or not BARE_KEY.fullmatch(name):
        return "and must be letters, digits, _ and - as in [option.<id>]"
    for part in name.split("-"):
        if keyword.iskeyword(part):
            return f'which no condition of a rule can name: "{part}" is a word of its language'
        if not part.isidentifier():
            return "which no condition of a rule can name: begin with a letter, after a - too"
    return "" if len(name) <= MOST_SIGNS_OF_ID else f"which is longer than {MOST_SIGNS_OF_ID} signs"


def _text_fault(text: object) -> str:
    """Return what is wrong with a text that staff and customers read; nothing where it can be shown."""
    try:
        check_label(text, "")
    except (TypeError, ValueError) as error:
        return f"is none that can be shown:{error}"
    return ""


def _asked_by_python(kind: type[Option]) -> Iterator[str]:
    """A class has no method by which Python itself asks an object, such as `__len__`: whoever looks at it runs it."""
    for one in _own(kind):
        for name, value in vars(one).items():
            if name.startswith("__") and name.endswith("__") and name not in AT_ITS_MAKING and not _generated(value):
                yield f'"{name}" is how Python itself asks an object, wherever it is looked at: leave it out'


def _generated(value: object) -> bool:
    """Tell whether an attribute with a name of Python's is no code, or code that attrs has put there."""
    if not isinstance(value, Callable | property | staticmethod | classmethod) or isinstance(value, type):  # type: ignore[arg-type]
        return True
    code = getattr(value, "__code__", None)
    return code is not None and (code.co_filename.startswith("<attrs ") or code.co_filename == MADE_BY)


def _declared(kind: type[Option]) -> Iterator[str]:
    """What a class declares is of the type that it has to be, its id and label first."""
    name, label = (inspect.getattr_static(kind, attribute, None) for attribute in ("id", "label"))
    if fault := id_fault(name):
        yield f"its id is {name!r}, {fault}"
    if not isinstance(label, Words) or not all(isinstance(text, str) and text.strip() for text in (label.fr, label.en)):
        yield f"its label is {label!r}, and must be in both languages: Words('Télécopie', 'Fax')"
    elif fault := _text_fault(label.fr) or _text_fault(label.en):
        yield f"its label {fault}"
    for attribute, hint in DECLARED.items():
        value = inspect.getattr_static(kind, attribute, None)
        if attribute not in ("id", "label") and not holds(value, hint) and not inspect.ismemberdescriptor(value):
            yield f"its {attribute} is {value!r}, and must be {type_told(hint)}"


def fact_fault(name: str) -> str:
    """Return what is wrong with the name of a fact that an option measures; nothing where it may be called so."""
    if not USAGE.fullmatch(name):
        return f'the fact "{name}" is no usage: name it "usage.{name.rpartition(".")[2] or "faxes"}"'
    if name in MONTH_FACTS or name.endswith((TALK, BILLED)):
        return f'the fact "{name}" is the engine\'s own: give it another name'
    return ""


def _facts(kind: type[Option]) -> Iterator[str]:
    """Facts have names of their own that begin with usage., are counted, and mean something in French."""
    seen = set[str]()
    for fact in kind.facts:
        if fault := fact_fault(fact.name):
            yield fault
        elif fact.name in seen:
            yield f'the fact "{fact.name}" is there twice'
        seen.add(fact.name)
        if fact.type != "number":
            yield f'the fact "{fact.name}" is a {fact.type}, and must be a "number": it is summed'
        if not isinstance(fact.meaning, str) or not fact.meaning.strip():
            yield f'the fact "{fact.name}" has no meaning, which staff read in French'
        elif fault := _text_fault(fact.meaning):
            yield f'the meaning of the fact "{fact.name}" {fault}'
    if kind.facts and kind.measure is Option.measure:
        yield f'nothing measures "{kind.facts[0].name}": write measure()'
    if kind.counts and not kind.counts.startswith((WORK, OCCURRENCE)) and kind.counts not in seen | ALWAYS:
        yield f'it counts "{kind.counts}", which is none of its facts: {", ".join(sorted(seen)) or "it has none"}'
    if kind.about and not kind.about.startswith(COUNTED):
        yield f'it is about "{kind.about}", which counts nothing: {" …, ".join(COUNTED)} …'


def _names(kind: type[Option]) -> Iterator[str]:
    """Units have one and several in both languages; other options are named by their ids."""
    for word, unit in kind.units.items():
        if not all(text.strip() for words in (unit.one, unit.several) for text in (words.fr, words.en)):
            yield f'the unit "{word}" is not in both languages'
    named = [*(fact.unit for fact in kind.facts), kind.counted_in, kind.several]
    for what, hint in unit_faults(kind, named):
        yield f"{what}: {hint}"
    for other in (*kind.needs, *kind.excludes):
        if not BARE_KEY.fullmatch(other) or other == kind.id:
            yield f'it needs or excludes "{other}", which is no other option'


def _shadowed(kind: type[Option]) -> Iterator[str]:
    """What every option has is not put otherwise: a key of ours stays a key, and what the engine calls stays ours."""
    fields = {field.name for field in attrs.fields(Option)}
    for name in dict.fromkeys(name for one in _own(kind) for name in vars(one)):
        value = inspect.getattr_static(kind, name)
        if name in fields and not inspect.ismemberdescriptor(value):
            yield f'"{name}" is a key of every option: write {name}: … = key("…", default={value!r})'
        elif name in OURS - fields:
            yield f'"{name}" is every option\'s own: call it otherwise'
        elif name in DECLARED and inspect.ismemberdescriptor(value):
            yield f'"{name}" is what a class declares, and cannot be a key: call it otherwise'
        elif name in ASKED and not inspect.isfunction(value):
            yield f'"{name}" is a method of every option, and cannot be anything else'


def _methods(kind: type[Option]) -> Iterator[str]:
    """Methods take what they are asked with, and answer at once; windows come out of ``widen``."""
    for name, count in ASKED.items():
        method = inspect.getattr_static(kind, name)
        if method is inspect.getattr_static(Option, name) or not inspect.isfunction(method):
            continue
        try:
            inspect.signature(method).bind(kind, *range(count))
        except TypeError as error:
            yield f"{name}() cannot be asked with {count} value{'s' if count != 1 else ''}: {error}"
        if inspect.iscoroutinefunction(method) or inspect.isasyncgenfunction(method):
            yield f"{name}() is async, and must answer at once"
    returned = kind.widen.__annotations__.get("return", "")
    if not isinstance(returned, str) and returned != tuple[CoverageWindow, ...]:
        yield f"widen() is said to return {type_told(returned)}, and must return windows: tuple[CoverageWindow, ...]"


def _fields(kind: type[Option]) -> Iterator[str]:
    """Fields are keys, and have defaults of their types."""
    try:
        hints = get_type_hints(kind)
    except Exception as error:
        yield f"the types of its keys cannot be read: {error}"
        return
    for field in attrs.fields(kind):
        if field.init and not is_key(field):
            yield f'"{field.name}" is no key: write {field.name}: … = key("What it is.", default=…)'
        elif field.init and (fault := _key_fault(field)):
            yield f'the key "{field.name}" {fault}'
        elif field.name not in hints:
            yield f'"{field.name}" has no type: write {field.name}: int = key("What it is.", …)'
        elif _has_default(field) and not holds(field.default, hints[field.name]):
            yield f'the default of "{field.name}" is {field.default!r}, and must be {type_told(hints[field.name])}'


def _key_fault(field: "attrs.Attribute[Any]") -> str:
    """Return what is wrong with how a key is called, or with what is said of it; nothing where it can be written."""
    name, told = key_name(field), field.metadata[DOC]
    if type(name) is not str or not BARE_KEY.fullmatch(name):
        return f"is called {name!r}, which no table can write: letters, digits, _ and -"
    return "" if type(told) is str and not strange_sign(told) else f"is described by {told!r}, which cannot be shown"


def _has_default(field: "attrs.Attribute[Any]") -> bool:
    made = field.default is attrs.NOTHING or isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
    return not made and field.converter is None


def _own(kind: type[Option]) -> Iterable[type]:
    return [one for one in kind.__mro__ if one is not Option and issubclass(one, Option)]
