"""What agents do with a contract's calls, today and later, on its page: handed in, since files are not read here."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from ..contracts.instructions import InstructionsOn
from ..model.problem import Refused
from ..model.words.french import day_in_words
from .hooks import hook

Instructed = Callable[[str], InstructionsOn | None]
"""Tells a contract's instructions of this day; raises Refused where what is on file cannot be read.

It is called in a thread of its own.
"""
HANDED_IN = "permanence_instructions"


def nothing_given(_contract: str) -> None:
    """Return nothing: nobody handed in what is on file."""


def hand_in_instructions(datasette: Any, instructions: Instructed) -> None:
    """Let an application's pages tell what agents do."""
    setattr(datasette, HANDED_IN, instructions)


@hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Let the page of a contract ask for them."""

    async def instructions(contract: str) -> tuple[InstructionsOn | None, bool]:
        """Return what agents do with a contract's calls, today and later, and whether that could be read."""
        return await instructions_given(datasette, contract)

    env.globals.update(instructions=instructions)
    env.filters.update(day_told=day_in_words)


async def instructions_given(datasette: Any, contract: str) -> tuple[InstructionsOn | None, bool]:
    """Return a contract's instructions of this day, and whether they could be read: what fails keeps no page back."""
    try:
        return await asyncio.to_thread(getattr(datasette, HANDED_IN, nothing_given), contract), True
    except Refused:
        return None, False
    except Exception:
        logging.getLogger(__name__).exception("the instructions of %s could not be read", contract)
        return None, False
