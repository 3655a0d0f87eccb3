"""The hooks: what a plugin may answer. One page, on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model.offer import Offer
    from .model.option import Option
    from .model.problem import Problem

PROJECT = "permanence"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_options() -> Iterable[type[Option]]:
    """Return the Option classes that this plugin adds."""
    raise NotImplementedError


@hookspec
def check_offer(offer: Offer) -> Iterable[Problem]:
    """Return what is wrong with how an offer uses this plugin's options; nothing when all is well."""
    raise NotImplementedError
