"""What a soak consists of: parts, each of so many things to try."""

import random
from collections.abc import Callable, Sequence
from contextlib import chdir
from functools import cache, partial
from pathlib import Path

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from permanence.bill.ledger_verified import first_wrong
from permanence.model.issued import LedgerEntry
from permanence.store.ledger import entries, issued_texts

from tests.cli.ledger import Texts, tampered
from tests.soak import properties
from tests.soak.commands import COMMANDS, SHORT, Writing, services, typed_elsewhere
from tests.soak.inputs import EVERY, Input, answered
from tests.soak.layer import KINDS
from tests.soak.survival import LossError, Survival

SEEDS = 300
INPUTS = 100_000
CHUNK = 20
"""Inputs that are drawn from one seed."""
TAMPERED = 1_000
WEIGHTS = {"offers": 1, "offers billed": 2, "contracts and events": 4, "sellers": 1, "mappings": 4, "call files": 6}
SHORT_INPUTS = {
    "offers": 20,
    "offers billed": 40,
    "contracts and events": 80,
    "sellers": 40,
    "mappings": 400,
    "call files": 1_360,
    "customer lists": 60,
}


@frozen
class Part:
    """So many things to try, each by its number; a number may stand for several of them."""

    name: str
    column: str
    whole: int
    act: Callable[[int], object]
    each: int = 1


def all_parts(folder: Path) -> list[Part]:
    """Return the long form."""
    here = services(folder / "services")
    survivals = [_survival(one, here[one.start], folder) for one in (*COMMANDS, *typed_elsewhere())]
    return [
        *(part for one in survivals for part in _faults(one, tuple(KINDS))),
        *(Part(one.writing.name, "random moments", SEEDS, one.killed_at_random) for one in survivals),
        *_inputs(folder),
        _tampering(here["late"]),
        *(Part(name, "properties", whole, partial(act, folder)) for name, (act, whole) in properties.EVERY.items()),
    ]


def short_faults(folder: Path) -> list[Part]:
    """Return the faults for each run of the tests: each call of three commands, and 30 moments."""
    here = services(folder / "services")
    survivals = [_survival(one, here[one.start], folder) for one in SHORT]
    return [
        *(part for one in survivals for part in _faults(one, ("killed",))),
        *(Part(one.writing.name, "random moments", 10, one.killed_at_random) for one in survivals),
    ]


def short_inputs(folder: Path) -> list[Part]:
    """Return the inputs for each run of the tests."""
    return [Part(name, "inputs", SHORT_INPUTS[name], _input(name, folder, CHUNK), CHUNK) for name in EVERY]


def _survival(writing: Writing, start: Path, folder: Path) -> Survival:
    return Survival(writing, start, folder / writing.name.replace(" ", "_").replace(",", ""))


def _faults(survival: Survival, kinds: Sequence[str]) -> list[Part]:
    return [Part(survival.writing.name, kind, survival.calls, partial(survival.fault, KINDS[kind])) for kind in kinds]


def _inputs(folder: Path) -> list[Part]:
    together = sum(WEIGHTS.get(name, 2) for name in EVERY)
    each = {name: CHUNK * round(INPUTS * WEIGHTS.get(name, 2) / together / CHUNK) for name in EVERY}
    return [Part(name, "inputs", each[name], _input(name, folder, CHUNK), CHUNK) for name in EVERY]


def _input(name: str, folder: Path, each: int) -> Callable[[int], None]:
    """Return what tries as many inputs as stand behind a number."""

    def tried(number: int) -> None:
        @seed(number)
        @settings(
            max_examples=each,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(EVERY[name]())
        def answers(found: Input) -> None:
            answered(found, folder / "input")

        with chdir(folder):
            answers()

    return tried


def _tampering(service: Path) -> Part:
    @cache
    def ledger() -> tuple[tuple[LedgerEntry, ...], Texts]:
        return tuple(entries(service / "billing.db")), issued_texts(service / "billing.db")

    def tamper(number: int) -> None:
        found, texts = ledger()
        if not first_wrong(*tampered(found, texts, random.Random(number))):
            raise LossError(f"the change of seed {number} is not found")

    return Part("ledger", "tampered", TAMPERED, tamper)
