"""The one place through which an option at work is asked: nothing that its plugin does harms who asks."""

import sys
from collections.abc import Callable, Iterable
from copy import copy
from opcode import opmap
from threading import RLock
from types import MappingProxyType
from typing import Any, TypeVar, cast

from attrs import evolve, fields, has

from .coverage import CoverageWindow
from .option import Option
from .option_answers import all_of, sound_price, sound_prices, sound_steps, sound_windows, sound_words
from .option_failed import OptionFailed
from .option_watched import who_watches
from .price import Price
from .price_list import QuotedPrice
from .python_settings import python_settings_kept
from .scalars import Words

T = TypeVar("T")
_IN_TURN = RLock()
OF_ITS_OWN = (opmap["RAISE_VARARGS"], opmap["YIELD_VALUE"])
"""The instructions out of which comes what code of a plugin's raises itself."""


def asked(option: Option | type[Option] | None, question: Callable[[], T], module: str = "") -> T:
    """Return what a question to an option comes to; generators must have been run to their end within it.

    Whatever its plugin raises becomes an OptionFailed: what ends a program, too. What it prints is not heard. A
    KeyboardInterrupt that it raised by a ``raise`` of its own is its own; any other is the user's, and goes through.
    Without an ``option``, a hook is asked, of a ``module``.
    """
    watch, kind = who_watches(), option if isinstance(option, type) else type(option)
    name = kind.id if issubclass(kind, Option) else ""
    deepest, traced, profiled = sys.getrecursionlimit(), sys.gettrace(), sys.getprofile()
    try:
        with _Unheard(), python_settings_kept():
            if watch:
                watch.begins(name, module or kind.__module__)
            try:
                return question()
            finally:  # at once, and here: with any of them, no call further down may come to its end
                sys.setrecursionlimit(deepest)
                if sys.gettrace() is not traced:
                    sys.settrace(traced)
                if sys.getprofile() is not profiled:
                    sys.setprofile(profiled)
    except OptionFailed as failure:
        if type(failure) is OptionFailed and failure.option == name and failure.__cause__:
            raise
        raise OptionFailed(name) from failure
    except KeyboardInterrupt as interrupt:
        if is_of_the_user(interrupt):
            raise
        raise OptionFailed(name) from interrupt
    except BaseException as failure:
        raise OptionFailed(name) from failure
    finally:
        if watch:
            watch.ends()


def prices_of(option: Option) -> tuple[QuotedPrice, ...]:
    """Return every price that an option names; raise OptionFailed where one could be on no quote."""
    return asked(option, lambda: sound_prices(option))


def quoted_by(option: Option) -> tuple[QuotedPrice, ...]:
    """Return every price that an option names, as customers are told them; raise OptionFailed as `prices_of` does."""
    return asked(option, lambda: tuple(map(sound_price, all_of(option.quoted(), "prices()"))))


def priced_by_count(option: Option) -> tuple[Price, ...]:
    """Return the prices of an option that depend on a count; raise OptionFailed where one is none."""
    return asked(option, lambda: tuple(map(sound_steps, all_of(option.priced(), "priced()"))))


def windows_with(option: Option, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
    """Return the windows of who has an option; raise OptionFailed where one is none, or two have one name."""
    return asked(option, lambda: sound_windows(all_of(option.widen(tuple(map(evolve, windows))), "widen()")))


def promised(option: Option) -> tuple[Words, ...]:
    """Return what else an option promises; raise OptionFailed where it is not told in words."""
    return asked(
        option, lambda: tuple(sound_words(one, "promises()") for one in all_of(option.promises(), "promises()"))
    )


def wanting(option: Option, contract: Any, offer: Any) -> tuple[Words, ...]:
    """Return, as sentences, what keeps a contract of an offer from having an option; raise OptionFailed."""

    def question() -> tuple[Words, ...]:
        found = all_of(option.check_contract(contract, to_be_read(offer)), "check_contract()")
        return tuple(sound_words(Words(one) if type(one) is str else one, "check_contract()") for one in found)

    return asked(option, question)


def to_be_read(offer: Any) -> Any:
    """Return an offer that a plugin can read: into its tables it cannot write, and its options are copies."""
    if not has(type(offer)):
        return offer
    tables = {one.name: getattr(offer, one.name) for one in fields(type(offer))}
    lent = {name: MappingProxyType(found) for name, found in tables.items() if type(found) is dict}
    if "options" in lent:
        lent["options"] = MappingProxyType({name: copy(option) for name, option in offer.options.items()})
    return evolve(offer, **lent)


def is_of_the_user(error: BaseException) -> bool:
    """Return whether an error is an interrupt from the keyboard, and none that a plugin raised.

    That of the user comes out of whatever instruction is running when the signal is handled, and never out of a
    ``raise``, nor of a ``yield``, out of which comes what is thrown into a generator: Python looks for signals at calls
    and at turns of loops alone.
    """
    if type(error) is not KeyboardInterrupt:
        return False
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is None or trace.tb_frame.f_code.co_code[trace.tb_lasti] not in OF_ITS_OWN


class _Unheard:
    """Lets nothing be printed: one asks after the other, so that each puts back what it has found."""

    __slots__ = ("_heard",)

    def __enter__(self) -> None:
        _IN_TURN.acquire()
        self._heard = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = cast("Any", _Nowhere())

    def __exit__(self, *_raised: object) -> None:
        sys.stdout, sys.stderr = self._heard
        _IN_TURN.release()


class _Nowhere:
    """What is written to it is gone, as text or as bytes."""

    encoding, errors, closed = "utf-8", "strict", False

    @property
    def buffer(self) -> "_Nowhere":
        return self

    def write(self, text: str | bytes) -> int:
        return len(text)

    def writelines(self, lines: Iterable[str | bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    close = flush

    def isatty(self) -> bool:
        return False
