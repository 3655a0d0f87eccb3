"""Datasette's hook marker, typed: what it decorates keeps its type."""

from collections.abc import Callable
from typing import Any, TypeVar

from datasette import hookimpl

Hook = TypeVar("Hook", bound=Callable[..., Any])

hook: Callable[[Hook], Hook] = hookimpl
first: Callable[[Hook], Hook] = hookimpl(tryfirst=True)
last: Callable[[Hook], Hook] = hookimpl(trylast=True)
