"""What a contract settles of an option: its own values for keys that the option leaves to each contract."""

from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
from attrs import evolve, frozen

from .keys import is_left_to_contracts, key_name
from .option import Option
from .option_asked import asked
from .option_failed import OptionFailed
from .problem import did_you_mean, nearest
from .unusable_option import UnusableOption

Setting = int | str | bool
SETTLED = (bool, int, str)
IN_WORDS: Mapping[Any, str] = {bool: "true or false", int: "a whole number", str: "a text"}
IN_FRENCH: Mapping[Any, str] = {bool: "oui ou non", int: "un nombre entier", str: "un texte"}


@frozen
class WrongSetting:
    """A key that a contract cannot settle, or not so: for `check` in English with a hint, for the staff in French."""

    key: str
    what: str
    hint: str
    french: str


def settled_keys(kind: type[Option]) -> Mapping[str, "attrs.Attribute[Any]"]:
    """Return the keys of an option's table that it leaves to each contract, by the name that files have."""
    return {key_name(field): field for field in attrs.fields(kind) if is_left_to_contracts(field)}


def values_of(kind: type[Option], name: str) -> tuple[object, ...]:
    """Return what a key that is left to contracts may be: types, or the few values themselves.

    Raises TypeError for a type that a contract cannot settle.
    """
    hint = get_type_hints(kind)[settled_keys(kind)[name].name]
    several = (one for one in get_args(hint) if one is not NoneType) if get_origin(hint) not in (None, Literal) else ()
    found = tuple(several) or (hint,)
    if len(found) == 1 and get_origin(found[0]) is Literal:
        return get_args(found[0])
    if not all(one in SETTLED for one in found):
        raise TypeError(
            f'the key "{name}" of option "{kind.id}" is left to contracts, which can settle numbers, texts '
            f"and yes/no alone"
        )
    return found


def wrong_settings(kind: type[Option], settings: Mapping[str, Setting]) -> Iterator[WrongSetting]:
    """Yield what is wrong with what a contract settles of an option."""
    known = settled_keys(kind)
    for name, value in settings.items():
        if name not in known:
            found = nearest(name, known)
            near = f" ; la plus proche est « {found} »" if found else ""
            yield WrongSetting(
                name,
                f'the option "{kind.id}" leaves no "{name}" to contracts',
                did_you_mean(name, known) if known else "its keys are the offer's alone",
                f"L'option « {kind.label.fr} » n'a pas de réglage « {name} » par contrat{near}.",
            )
        elif not _allowed(value, values := values_of(kind, name)):
            yield WrongSetting(
                name,
                f'"{name}" of the option "{kind.id}" must be {_told(values, IN_WORDS, "or")}, not {value!r}',
                "",
                f"Le réglage « {name} » de l'option « {kind.label.fr} » doit être {_told(values, IN_FRENCH, 'ou')}.",
            )


def settled(option: Option, settings: Mapping[str, Setting]) -> Option:
    """Return an option of an offer as a contract has settled it; raise OptionFailed where its class takes it not."""
    if isinstance(option, UnusableOption):
        return option
    known = settled_keys(type(option))
    fields: Mapping[str, Any] = {known[name].name: value for name, value in settings.items() if name in known}
    return asked(option, lambda: evolve(option, **fields))


def refused_settings(option: Option, settings: Mapping[str, Setting]) -> Iterator[WrongSetting]:
    """Yield what is wrong with what a contract settles of an option of its offer, what its class refuses too."""
    if not settings or isinstance(option, UnusableOption):
        return
    wrong = tuple(wrong_settings(type(option), settings))
    yield from wrong
    if wrong:
        return
    try:
        settled(option, settings)
    except OptionFailed as failure:
        what = failure.meant
        french = f"Le réglage de l'option « {option.name} » n'est pas possible : {what}."
        yield WrongSetting("", f'the option "{option.id}" cannot be settled so: {what}', "", french)


def _allowed(value: Setting, values: tuple[object, ...]) -> bool:
    return type(value) in values or any(type(value) is type(one) and value == one for one in values)


def _told(values: tuple[object, ...], words: Mapping[Any, str], last: str) -> str:
    told = [words[one] if one in SETTLED else repr(one).replace("'", '"') for one in values]
    return f" {last} ".join(told)
