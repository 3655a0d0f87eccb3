"""What a new version would have changed, in French sentences."""

from ..distribution import Bin, Movement
from .amounts import change_in_money
from .numbers import in_thousands


def bin_in_words(one: Bin, currency: str) -> str:
    """Return what lies in a bin, as changes: ``de + 5,00 € à + 10,00 €``."""
    if one.start == one.end:
        return "inchangé"
    return f"de {change_in_money(one.start, currency)} à {change_in_money(one.end, currency)}"


def movement_in_words(moves: Movement, currency: str) -> str:
    """Return who pays more: ``21 contrats paient plus (+ 84,00 €), 3 paient moins (− 6,00 €), 40 inchangés.``"""
    parts = (
        (moves.dearer, f"{_pay(moves.dearer)} plus ({change_in_money(moves.rise, currency)})"),
        (moves.cheaper, f"{_pay(moves.cheaper)} moins ({change_in_money(moves.fall, currency)})"),
        (moves.unchanged, f"inchangé{'s' if moves.unchanged > 1 else ''}"),
    )
    told = [(size, words) for size, words in parts if size] or [parts[-1]]
    noun = "contrats " if told[0][0] > 1 else "contrat "
    told = [(size, noun * (not place) + words) for place, (size, words) in enumerate(told)]
    return ", ".join(f"{in_thousands(size)}\u00a0{words}" for size, words in told) + "."


def measuring_in_words(again: str) -> str:
    """Return whether calls were measured again, and for which tables, as sentences."""
    if not again:
        return "Les appels sont mesurés une seule fois\u00a0: les deux versions les comptent de même."
    told = f"Les appels de ces contrats sont mesurés à nouveau, car la nouvelle version change {again}."
    return f"{told} Les nombres d'appels affichés sont ceux de l'ancienne version."


def left_out_in_words(never: int, at_times: int) -> str:
    """Return how many contracts are compared in no month, and how many only in some, as a sentence; "" for none."""
    told = [
        f"{number} contrat{'s' if number > 1 else ''} {words[number > 1]}"
        for number, words in (
            (never, ("n'est pas comparé", "ne sont pas comparés")),
            (at_times, ("n'est comparé que certains mois", "ne sont comparés que certains mois")),
        )
        if number
    ]
    return f"{', '.join(told)}\u00a0: voir plus bas." if told else ""


def _pay(contracts: int) -> str:
    return "paient" if contracts > 1 else "paie"
