"""What Python is set to for the whole process: kept while a plugin works, and put back as it was."""

import builtins
import decimal
import gc
import locale
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np


class _Settings(NamedTuple):
    """What is looked at once, before a plugin works, and compared when it has worked."""

    collects: bool
    interval: float
    digits: int
    language: str
    hooks: tuple[Any, Any, Any]
    filters: list[Any]
    path: list[str]
    names: dict[str, Any]


@contextmanager
def python_settings_kept() -> Iterator[None]:
    """Put back what a plugin has set for everybody while the block worked: what it has set holds until then.

    The names of `builtins` are among it, but for those that it added: it may use them again.
    """
    before = _settings()
    try:
        with decimal.localcontext(), np.errstate():
            yield
    finally:
        if _settings() != before:
            _put_back(before)


def _settings() -> _Settings:
    return _Settings(
        gc.isenabled(),
        sys.getswitchinterval(),
        sys.get_int_max_str_digits(),
        locale.setlocale(locale.LC_ALL),
        (sys.excepthook, sys.unraisablehook, warnings.showwarning),
        [*warnings.filters],
        [*sys.path],
        dict(vars(builtins)),
    )


def _put_back(before: _Settings) -> None:
    vars(builtins).update(before.names)
    (gc.enable if before.collects else gc.disable)()
    sys.setswitchinterval(before.interval)
    sys.set_int_max_str_digits(before.digits)
    locale.setlocale(locale.LC_ALL, before.language)
    sys.excepthook, sys.unraisablehook, warnings.showwarning = before.hooks
    with warnings.catch_warnings():  # at its end, what was filtered until now is looked at anew
        pass
    warnings.filters[:] = before.filters  # type: ignore[index]
    sys.path[:] = [*before.path, *(one for one in sys.path if one not in before.path)]
