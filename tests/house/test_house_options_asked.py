"""An option at work is asked in one place, which lets none of its plugin's harm through."""

import ast
from collections.abc import Iterator
from pathlib import Path

ENGINE = Path(__file__).parents[2] / "engine" / "permanence"
METHODS = {"measure", "widen", "charge", "priced", "quoted", "promises", "check_contract"}
GUARDED = {
    "model/option.py",
    "model/option_answers.py",
    "model/option_asked.py",
    "bill/measure/option_facts.py",
    "bill/price/sound_charges.py",
}
"""The options' own class, the guard, and the two questions that are put through it with a check of the room's own."""
KIT = "testing"
"""The room whose work it is to say what an option does when it is asked: it catches that itself."""


def asked(path: Path) -> Iterator[str]:
    """Yield where an option's methods are called: with an offer, `prices` is that of a way of pricing."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in METHODS or (name == "prices" and not node.args):
                yield f"{path.relative_to(ENGINE)}:{node.lineno} calls {name}()"


def test_no_engine_code_calls_into_an_option_but_through_the_guard() -> None:
    found = [
        one
        for path in (path.relative_to(ENGINE) for path in ENGINE.rglob("*.py"))
        if str(path) not in GUARDED and path.parts[0] != KIT
        for one in asked(ENGINE / path)
    ]
    assert not found, "\n".join(found)
    assert sum(1 for name in GUARDED for _ in asked(ENGINE / name)) >= 8
