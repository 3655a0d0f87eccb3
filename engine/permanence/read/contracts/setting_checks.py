"""What is wrong with what contracts settle of their options, by the classes of the options, each at its key."""

from collections.abc import Iterator, Mapping

from ...model.contract import Contract
from ...model.event import Event
from ...model.fault import Fault
from ...model.option import Option
from ...model.option_settings import Setting, wrong_settings
from ..toml.located_toml import Path

Options = Mapping[str, type[Option]]


def contract_setting_faults(contract: Contract, options: Options) -> Iterator[Fault]:
    """Yield what is wrong with what a contract settles; paths begin in its own table."""
    for number, taken in enumerate(contract.options):
        yield from _faults(taken.id, taken.settings, options, ("option", number, "with"))


def event_setting_faults(event: Event, options: Options) -> Iterator[Fault]:
    """Yield what is wrong with what an event settles of the option that it adds; paths begin in its own table."""
    if event.settings and event.what != "option_added":
        french = f"« with » ne dit rien de {event.what}."
        yield Fault(("with",), f'"with" says nothing about {event.what}', "take it out", at_key=True, french=french)
        return
    yield from _faults(event.option, event.settings, options, ("with",))


def _faults(option: str, settings: Mapping[str, Setting], options: Options, path: Path) -> Iterator[Fault]:
    if option not in options:
        return  # whether its offer has it is told by the offer
    for wrong in wrong_settings(options[option], settings):
        yield Fault((*path, wrong.key), wrong.what, wrong.hint, french=wrong.french)
