"""A customer's instructions as agents, staff and the customer read them, in French: by the titles of the offer."""

from collections.abc import Iterable

from attrs import frozen

from ..contract import Contract
from ..instruction import Instruction
from ..offer import Offer
from ..period import ONE_DAY
from .french import day_in_words
from .hours import window_title

ANY_CALL = "Tous les appels"
NO_PRICE = "Elles changent sur simple demande, sans avenant : aucun prix n'en dépend."
"""What stands below them in a contract."""


@frozen
class InstructionTold:
    """An instruction in words: what it is about, what the agent does, to which number, and on which days."""

    about: str
    text: str
    number: str
    days: str

    @property
    def sentence(self) -> str:
        """Return it in one sentence, without its full stop: ``Transfert d'appels : transférez au gérant (+331…)``."""
        return f"{self.about} : {_with(self.text, self.number, self.days)}"


def instructions_told(
    instructions: Iterable[Instruction], contract: Contract, offer: Offer | None
) -> tuple[InstructionTold, ...]:
    """Return instructions in words; days are told where they are not those of the contract's whole service."""
    return tuple(
        InstructionTold(about_in_words(one, offer), one.text, one.number, _days(one, contract)) for one in instructions
    )


def instruction_in_words(one: Instruction, offer: Offer | None) -> str:
    """Return an instruction as a calendar has it: ``Consigne, transfert d'appels : transférez au gérant (+331…)``."""
    about = about_in_words(one, offer)
    return f"Consigne, {about[:1].lower()}{about[1:]} : {_with(one.text, one.number)}"


def about_in_words(one: Instruction, offer: Offer | None) -> str:
    """Return what an instruction is about, what an offer has not by its name: ``Transfert d'appels, en soirée``."""
    option = offer.options[one.option].name if offer and one.option in offer.options else one.option
    window = window_title(offer, one.window).fr if offer and one.window else one.window
    return ", ".join(filter(None, (option or ANY_CALL, window)))


def _with(text: str, *more: str) -> str:
    said, beside = text.strip().rstrip("."), ", ".join(filter(None, more))
    return f"{said} ({beside})" if beside else said


def _days(one: Instruction, contract: Contract) -> str:
    later = one.since is not None and one.since > contract.start
    since = f"à compter du {day_in_words(one.since)}" if one.since and later else ""
    until = f"jusqu'au {day_in_words(one.until - ONE_DAY)} inclus" if one.until else ""
    return ", ".join(filter(None, (since, until)))
