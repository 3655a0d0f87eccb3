"""Callers' numbers once they are forgotten: how they begin, and a keyed digest by which a call is known again."""

import re
from hashlib import blake2b

KEPT = 5
"""So many characters of a number are left at most, and never more than half of it."""
CUT = "…"
"""Stands behind what is left of a number; no number that was imported has it."""
DIGEST_BYTES = 12
NUMBER_IN_TEXT = re.compile(r"(?<!\d)(?<!\d-)(?!\d{4}-\d{2}-\d{2})\+?\d(?:[ .()/\u00a0\u202f-]{0,2}\d){6,}")
LAST_DIGITS = 9
"""So many last digits tell a number apart, however its country is written."""


def forgotten(caller: str, source: str, call_id: str, key: bytes) -> str:
    """Return what is left of a caller's number: how it begins, and a digest that no other call of the caller has."""
    return f"{caller[: min(KEPT, len(caller) // 2)]}{CUT}{_digest(caller, source, call_id, key)}"


def is_caller(known: str, caller: str, source: str, call_id: str, key: bytes | None) -> bool:
    """Tell whether what is left of a caller's number is that of a number: of one erased, of any.

    Without the key, its beginning alone is compared.
    """
    begins, _, digest = known.partition(CUT)
    if not digest:
        return True
    if not caller.startswith(begins):
        return False
    return key is None or digest == _digest(caller, source, call_id, key)


def caller_shown(caller: str) -> str:
    """Return a caller's number as it is shown: without the digest, where it is forgotten."""
    begins, cut, _ = caller.partition(CUT)
    return begins + cut


def numbers_cut(text: str) -> str:
    """Return a text in which of each telephone number only the first characters are left, however it is written."""
    return NUMBER_IN_TEXT.sub(lambda found: f"{found[0][:KEPT]}{CUT}", text)


def names_number(text: str, number: str) -> bool:
    """Tell whether a text has a telephone number in it, by its last digits."""
    digits, last = re.sub(r"\D", "", text), re.sub(r"\D", "", number)[-LAST_DIGITS:]
    return bool(last) and last in digits


def _digest(caller: str, source: str, call_id: str, key: bytes) -> str:
    return blake2b(f"{source}\0{call_id}\0{caller}".encode(), key=key, digest_size=DIGEST_BYTES).hexdigest()
