"""The language of conditions: a small part of Python's expressions, read from their syntax tree and never run."""

import ast
import re
from typing import TypeAlias

from attrs import frozen

from ..model.facts import VOCABULARIES, FactField, Vocabulary
from ..model.problem import did_you_mean
from .condition import All, AnyOf, Comparison, Condition, Not, Operator

LARGEST = 2**62 - 2
"""The rules engine is exact below 2⁶²; a case may need the next number up."""
DEEPEST = 40

SIGNS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
MIRRORED: dict[Operator, Operator] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
TRUTH = {"true": True, "false": False}
LITERAL_TYPES = {int: "a number", str: "a text", bool: "a yes/no"}
PYTHON_TYPES = {"number": int, "word": str, "yes_no": bool}
FACT_TYPES = {"number": "a number", "word": "a word", "yes_no": "a yes/no"}


@frozen
class Value:
    """A literal: a number, a text, or true/false."""

    value: int | str


@frozen
class Operand:
    """A side of a comparison: a fact, a literal, or a list; None is a part with a mistake noted."""

    node: ast.expr
    content: "Content"


Content: TypeAlias = FactField | Value | tuple[Operand, ...] | None


class ExpressionReader:
    """Turns a syntax tree into a condition; ``mistakes`` are (start and end in the text, what, hint)."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.bytes, self.vocabulary = text.encode(), vocabulary
        self.mistakes: list[tuple[int, int, str, str]] = []

    def text(self, node: ast.expr) -> str:
        """Return a part as it is written."""
        return self.bytes[node.col_offset : node.end_col_offset].decode()

    def refuse(self, node: ast.expr, what: str, hint: str = "") -> None:
        """Note a mistake of a part."""
        start = len(self.bytes[: node.col_offset].decode())
        self.mistakes.append((start, start + len(self.text(node)), what, hint))

    def condition(self, node: ast.expr, depth: int = 0) -> Condition | None:
        """Return what a part says, or None when a mistake was noted."""
        match node:
            case _ if depth > DEEPEST:
                self.refuse(node, "this condition is nested too deeply", "split it into several rules")
                return None
            case ast.BoolOp(op=joint, values=values):
                parts = [self.condition(value, depth + 1) for value in values]
                return joined(parts, AnyOf if isinstance(joint, ast.Or) else All)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                part = self.condition(operand, depth + 1)
                return None if part is None else Not(part)
            case ast.Compare():
                return self.chain(node)
        return self.alone(node)

    def alone(self, node: ast.expr) -> Condition | None:
        """Return what a part says that is compared with nothing: only a yes/no can stand so."""
        fact = self.operand(node).content
        if not isinstance(fact, FactField):
            if fact is not None:
                self.refuse(node, f"{self.text(node)} is no condition", "a condition reads at least one fact")
            return None
        if fact.type == "yes_no":
            return Comparison(fact.name, "==", 1)
        example = f'{fact.name} == "…"' if fact.type == "word" else f"{fact.name} > 0"
        self.refuse(node, f'"{fact.name}" is {FACT_TYPES[fact.type]}', f"compare it, for example `{example}`")
        return None

    def chain(self, node: ast.Compare) -> Condition | None:
        """Return what a chain such as ``50 < usage.calls <= 150`` says: every link of it holds."""
        sides = [self.operand(side) for side in (node.left, *node.comparators)]
        return joined([self.link(*link) for link in zip(sides, node.ops, sides[1:], strict=False)], All)

    def link(self, left: Operand, sign: ast.cmpop, right: Operand) -> Condition | None:
        """Return what one comparison says: a fact and a literal, on whichever side, or a fact and a list."""
        among, ordered = isinstance(sign, ast.In | ast.NotIn), SIGNS.get(type(sign))
        match left.content, right.content:
            case (None, _) | (_, None):
                return None
            case FactField() as fact, tuple() | Value() if among:
                listed = right if isinstance(right.content, tuple) else Operand(right.node, (right,))
                return self.membership(fact, sign, listed)
            case FactField() as fact, Value() as value if ordered:
                return self.compared(fact, ordered, value, right.node)
            case Value() as value, FactField() as fact if ordered:
                return self.compared(fact, MIRRORED[ordered], value, left.node)
        self.refuse(right.node, *self.mislinked(left, sign, right))
        return None

    def mislinked(self, left: Operand, sign: ast.cmpop, right: Operand) -> tuple[str, str]:
        """Return why two sides cannot be compared in this way, and a hint."""
        if isinstance(sign, ast.Is | ast.IsNot):
            return "`is` is not used in conditions", "write `==` or `!=`"
        if isinstance(sign, ast.In | ast.NotIn):
            return "`in` stands between a fact and a list", 'write for example `mission in ("simple", "complex")`'
        if isinstance(left.content, tuple) or isinstance(right.content, tuple):
            return "a list stands only after `in`", ""
        names = self.text(left.node), self.text(right.node)
        if isinstance(left.content, FactField):
            return '"{}" and "{}" are both facts'.format(*names), "what compares two facts is a measured fact"
        return "{} and {} are both fixed".format(*names), "a condition reads at least one fact"

    def membership(self, fact: FactField, sign: ast.cmpop, listed: Operand) -> Condition | None:
        """Return what ``mission in ("simple", "complex")`` says: one of them, or with `not in` none of them."""
        entries = listed.content if isinstance(listed.content, tuple) else ()
        if not entries:
            self.refuse(listed.node, "the list after `in` is empty")
        parts: list[Condition | None] = []
        for entry in entries:
            if isinstance(entry.content, FactField | tuple):
                self.refuse(entry.node, f"{self.text(entry.node)} is no literal", "a list has numbers or texts")
            value = entry.content if isinstance(entry.content, Value) else None
            parts.append(self.compared(fact, "==", value, entry.node) if value else None)
        one_of = joined(parts, AnyOf)
        return Not(one_of) if one_of and isinstance(sign, ast.NotIn) else one_of

    def compared(self, fact: FactField, sign: Operator, literal: Value, node: ast.expr) -> Condition | None:
        """Return one comparison, if the fact can be compared with the literal in this way."""
        value, name = literal.value, fact.name
        if type(value) is not PYTHON_TYPES[fact.type]:
            what = f'"{name}" is {FACT_TYPES[fact.type]} and cannot be compared with {LITERAL_TYPES[type(value)]}'
            self.refuse(node, what, f"write `{name}` or `not {name}`" if fact.type == "yes_no" else "")
        elif fact.type != "number" and sign not in ("==", "!="):
            self.refuse(node, f'"{name}" is {FACT_TYPES[fact.type]} and has no order', "write `==` or `!=`")
        elif fact.words and value not in fact.words:
            self.refuse(node, f'"{name}" is never "{value}"', did_you_mean(str(value), fact.words))
        else:
            return Comparison(name, sign, int(value) if isinstance(value, int) else fact.spellings.get(value, value))
        return None

    def operand(self, node: ast.expr) -> Operand:
        """Return a side of a comparison; its content is None when a mistake was noted."""
        name = "".join(self.text(node).split())
        content: Content = self.vocabulary.fields.get(name)
        if content:
            return Operand(node, content)
        match node:
            case ast.Tuple(elts=entries) | ast.List(elts=entries) | ast.Set(elts=entries):
                content = tuple(map(self.operand, entries))
            case ast.Name() if name in TRUTH:
                content = Value(TRUTH[name])
            case ast.Constant(value=bool(truth)):
                content = Value(truth)
            case ast.Constant(value=str(text)):
                content = self.plain_text(node, text)
            case ast.Constant(value=int(number)):
                content = self.plain_number(node, number)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number)) as digits):
                content = self.plain_number(digits, number) and Value(-number)
            case ast.Name() | ast.Attribute() if re.fullmatch(r"\w+(\.\w+)*", name):
                self.refuse(node, f'unknown fact "{name}"', self.fact_hint(name))
            case _:
                self.refuse(node, *self.not_allowed(node))
        return Operand(node, content)

    def plain_text(self, node: ast.expr, text: str) -> Value | None:
        """Return a text in single or double quotes; two texts side by side are a forgotten comma."""
        if self.text(node) in (f'"{text}"', f"'{text}'"):
            return Value(text)
        self.refuse(node, f"{self.text(node)} is no plain text", "a list has commas, a text one pair of quotes")
        return None

    def plain_number(self, node: ast.expr, number: int) -> Value | None:
        """Return a number that is written in decimal digits and is small enough to be exact everywhere."""
        if re.fullmatch(r"[0-9][0-9_]*", self.text(node)) and number <= LARGEST:
            return Value(number)
        self.refuse(node, f"{self.text(node)} cannot be used", f"numbers are decimal and go up to {LARGEST}")
        return None

    def not_allowed(self, node: ast.expr) -> tuple[str, str]:
        """Return what is wrong with a part that is no fact and no literal, and a hint."""
        match node:
            case ast.BinOp() | ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert()):
                return "arithmetic is not used in conditions", "what needs arithmetic is a measured fact"
            case ast.Call():
                return "functions are not used in conditions", "what needs a function is a measured fact"
            case ast.Constant(value=float()):
                return f"{self.text(node)} is no whole number", "facts count in whole units: calls, seconds, days"
        return f"{self.text(node)} is no fact, number or text", ""

    def fact_hint(self, name: str) -> str:
        """Return what may have been meant by a name that is no fact of this stage."""
        if any(name in fact.words for fact in self.vocabulary.fields.values()):
            return f'texts stand in quotes: "{name}"'
        stages = [stage for stage, known in VOCABULARIES.items() if name in known]
        return f'it is a fact of `on = "{stages[0]}"`' if stages else did_you_mean(name, self.vocabulary.fields)


def joined(parts: list[Condition | None], joint: type[All] | type[AnyOf]) -> Condition | None:
    """Return several conditions as one, or None when one of them is missing."""
    whole = tuple(part for part in parts if part is not None)
    if len(whole) < len(parts) or not whole:
        return None
    return whole[0] if len(whole) == 1 else joint(whole)
