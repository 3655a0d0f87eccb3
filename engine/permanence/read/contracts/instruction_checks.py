"""What is wrong with a contract's instructions, whatever its offer: told by `check`, and no contract waits for it."""

import re
from collections.abc import Iterator

from ...model.contract import Contract
from ...model.fault import Fault
from ...model.instruction import LONGEST, Instruction
from ...model.line import is_number, one_spelling, spoilt

SHORT = re.compile("[0-9]{2,6}")
"""Numbers that are dialled as they are: of emergency services, short ones, an extension of the customer's."""


def check_instructions(contract: Contract) -> Iterator[Fault]:
    """Yield what is wrong with the instructions that a contract was written with; paths begin in its own table."""
    for number, one in enumerate(contract.instructions):
        path = ("instruction", number)
        yield from (fault.below(path) for fault in check_instruction(one))
        period = contract.period_of(one)
        if period.end and period.end <= period.start:
            yield _fault((*path, "until"), f"it ends before it begins, on {period.start}")
            continue
        for earlier in contract.instructions[:number]:
            both = contract.period_of(earlier) & period
            if one.excludes(earlier) and (both.end is None or both.days):
                yield _fault(path, _contradict(one, earlier, str(both.start)), "end the first one with `until`")


def check_instruction(one: Instruction) -> Iterator[Fault]:
    """Yield what is wrong with an instruction by itself; paths begin in its own table."""
    if not one.subject:
        yield _fault(("text",), "the instruction says nothing", "the agent reads it")
    if len(one.text) > LONGEST:
        what = f"the instruction has {len(one.text)} signs"
        yield _fault(("text",), what, f"{LONGEST} at the most: one sentence, and another instruction for what is more")
    if not one.number or SHORT.fullmatch(one.number):
        return
    if what := spoilt(one.number):
        yield _fault(("number",), f'"{one.number}": {what}', "write its digits")
    elif not is_number(one_spelling(one.number)):
        yield _fault(("number",), f'"{one.number}" is no telephone number', 'write it as "+33199000042"')


def _contradict(one: Instruction, earlier: Instruction, day: str) -> str:
    if one.subject == earlier.subject:
        return f"the contract has this instruction twice on {day}"
    window = f' in "{one.window}"' if one.window else ""
    return f'"{one.option}"{window} has two numbers on {day}, {earlier.number} and {one.number}'


def _fault(path: tuple[str | int, ...], what: str, hint: str = "") -> Fault:
    return Fault(path, what, hint, holds=False)
