"""The text of `when`, read into a condition; each problem points at its column in the rule file."""

import ast
import re
import warnings

from ..model.facts import Vocabulary
from ..model.offer import Rule
from ..model.problem import Place, Problem, Refused
from .condition import Condition, width
from .expression import ExpressionReader

LONGEST = 4_000
MOST_ALTERNATIVES = 200

SLIPS = (
    (r"&&?", "write `and`"),
    (r"\|\|?", "write `or`"),
    (r"!(?!=)", "write `not`"),
    (r"=[<>]", "write `<=` or `>=`"),
    (r"<>", "write `!=`"),
    (r"(?<![<>=!])=(?!=)", "write `==`"),
    (r"\b(AND|OR|NOT|IN)\b", "write it in small letters"),
)
MEANINGLESS = (
    ("\0", "a NUL character", ""),
    ("\\", "a backslash", ""),
    ("#", "a comment", "explain the rule in `why`, or beside it in the rule file"),
)
QUOTED = r'"[^"\\\0]*"|\'[^\'\\\0]*\''
ESCAPE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|.")


def parse(rule: Rule, vocabulary: Vocabulary) -> Condition:
    """Return the condition that a rule's `when` says; raise Refused with every problem in it."""
    problem = text_problem(rule)
    if problem:
        raise Refused([problem])
    flat = re.sub(rf"{QUOTED}|\s", lambda found: found[0] if found[0][0] in "\"'" else " ", rule.when)
    start = len(flat) - len(flat.lstrip())
    reader = ExpressionReader(flat.strip(), vocabulary)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(flat.strip(), mode="eval")
        condition = reader.condition(tree.body)
    except SyntaxError as error:
        at = start + error.offset - 1 if error.offset else len(flat)
        raise Refused([syntax_problem(rule, flat, at)]) from None
    except (RecursionError, MemoryError):
        raise Refused([Problem(rule.when_place, "this condition is nested too deeply")]) from None
    if condition is None:
        raise Refused(
            Problem(place_in(rule, start + at, start + end), what, hint) for at, end, what, hint in reader.mistakes
        )
    if width(condition) > MOST_ALTERNATIVES:
        what = f"this condition can hold in {width(condition):,} ways, more than {MOST_ALTERNATIVES}"
        raise Refused([Problem(rule.when_place, what, "split it into several rules")])
    return condition


def text_problem(rule: Rule) -> Problem | None:
    """Return what is wrong with a condition before its words are looked at, if anything is."""
    text = rule.when
    if not text.strip():
        return Problem(rule.when_place, "the condition is empty", "write for example `contract.active`")
    if len(text) > LONGEST:
        what = f"the condition has {len(text):,} characters, more than {LONGEST:,}"
        return Problem(rule.when_place, what, "split it into several rules")
    for character, what, hint in MEANINGLESS:
        if character in unquoted(text):
            return Problem(
                place_in(rule, unquoted(text).index(character)), f"{what} has no meaning in a condition", hint
            )
    return None


def unquoted(text: str) -> str:
    """Return a condition with its plain quoted texts blanked out, as long as it was."""
    return re.sub(QUOTED, lambda found: "_" * len(found[0]), text)


def syntax_problem(rule: Rule, flat: str, offset: int) -> Problem:
    """Return the problem of a text that is no expression, with the slip that is the likely cause."""
    for pattern, hint in SLIPS:
        found = re.search(pattern, unquoted(flat))
        if found:
            return Problem(place_in(rule, *found.span()), f'"{found[0]}" is not used in conditions', hint)
    where = place_in(rule, min(offset, len(flat.rstrip())))
    return Problem(where, "this is not a condition", "write for example `usage.calls > 50 and not contract.in_trial`")


def place_in(rule: Rule, start: int, end: int = 0) -> Place:
    """Return the place, in the rule file, of one part of a rule's condition; of one character without an ``end``.

    A rule that an option has of its own stands nowhere in the file: its place is the option's table.
    """
    where = rule.when_place
    if where == rule.place:
        return where
    line, column, text = _position(rule, start)
    last, after, _ = _position(rule, max(end, start + 1))
    return Place(where.file, line, column, text, after - column if last == line else len(text))


def _position(rule: Rule, offset: int) -> tuple[int, int, str]:
    """Return the line and the column of one character of a condition, and the line itself."""
    where, before = rule.when_place, rule.when[:offset]
    in_escaping_quotes = where.text[where.column - 2 : where.column - 1] == '"'
    written = ESCAPE.findall(where.text[where.column - 1 :]) if in_escaping_quotes else []
    if offset <= len(written):
        return where.line, where.column + len("".join(written[:offset])), where.text
    if "\n" in before:
        text = rule.when.split("\n")[before.count("\n")]
        return where.line + before.count("\n"), len(before) - before.rindex("\n"), text
    return where.line, where.column + offset, where.text
