"""Formulas as data: + - * / min max over numbers and named inputs, parsed and confined to that; each with the
unit that follows from its inputs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from paradero.model.errors import ParaderoError
from paradero.model.units import NUMBER, Unit

_LONGEST = 2_000  # letters: a formula that a reader can check
_DEEPEST = 50
_OPERATIONS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_RELATION = re.compile(r"<=|>=|==|=")


class FormulaError(ParaderoError):
    """A formula cannot be read, its units do not fit, or it divides by what may be zero; the message says
    which part.
    """


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a formula: `op` is number, name, +, -, *, /, min or max."""

    op: str
    parts: tuple[Node, ...] = ()
    number: Fraction = Fraction(0)
    name: str = ""

    def names(self) -> tuple[str, ...]:
        """The inputs in the order in which they first stand in the formula."""
        if self.op == "name":
            return (self.name,)
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names()))

    def __str__(self) -> str:
        if self.op == "number":
            return f"{shown(self.number)}"
        if self.op == "name":
            return self.name
        if self.op in ("min", "max"):
            return f"{self.op}({', '.join(map(str, self.parts))})"
        return f"({self.parts[0]} {self.op} {self.parts[1]})"


def exact(value: float | int) -> Fraction:
    """The number that was written: 164.65 is 16465/100, not the binary fraction near it. Raises FormulaError
    for what is no finite number.
    """
    try:
        return Fraction(str(value))
    except ValueError as error:
        raise FormulaError(f"{value} is not a finite number. Write it in digits") from error


def shown(value: Fraction) -> str:
    """A number as text: whole where it is whole, else with as many digits as tell it."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.6g}"


def parse_formula(text: str) -> Node:
    """Read a formula; raises FormulaError naming the part that is neither + - * / min max nor a number nor a
    name.
    """
    if len(text) > _LONGEST:
        raise FormulaError(f"the formula has {len(text):,} letters; at most {_LONGEST:,} are read. Split it")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(
            f"`{text}` is not a formula. Use + - * / min max over names and numbers"
        ) from error
    return _node(tree, 0)


def parse_relation(text: str) -> tuple[Node, str, Node]:
    """Read `a + b = c`, `a <= b` or `a >= b`: both sides and `=`, `<=` or `>=`."""
    parts = _RELATION.split(text)
    if len(parts) != 2:
        raise FormulaError(f"`{text}` is not an equation of two sides. Put one of = <= >= between them")
    sign = _RELATION.findall(text)[0]
    return parse_formula(parts[0]), "=" if sign == "==" else sign, parse_formula(parts[1])


def linear(node: Node) -> tuple[dict[str, Fraction], Fraction]:
    """The factors of each name and the constant of a formula that only adds, subtracts and multiplies by
    numbers; raises FormulaError for another.
    """
    if node.op == "number":
        return {}, node.number
    if node.op == "name":
        return {node.name: Fraction(1)}, Fraction(0)
    if node.op not in ("+", "-", "*", "/"):
        raise FormulaError(
            f"`{node}` is not a sum of counts, which an equation must be. Use + - and numbers as factors"
        )
    (left, left_constant), (right, right_constant) = map(linear, node.parts)
    if node.op in ("+", "-"):
        sign = 1 if node.op == "+" else -1
        names = dict.fromkeys((*left, *right))
        return {
            name: left.get(name, Fraction(0)) + sign * right.get(name, Fraction(0)) for name in names
        }, left_constant + sign * right_constant
    if node.op == "/":
        if right or right_constant == 0:
            raise FormulaError(
                f"`{node}` does not divide by a number other than zero, as an equation of counts must. Write"
                " that number"
            )
        return {
            name: factor / right_constant for name, factor in left.items()
        }, left_constant / right_constant
    if left and right:
        raise FormulaError(f"`{node}` multiplies two counts, which an equation cannot. Multiply by a number")
    factors, constant, by = (
        (left, left_constant, right_constant) if not right else (right, right_constant, left_constant)
    )
    return {name: factor * by for name, factor in factors.items()}, constant * by


def unit_of(node: Node, units: Mapping[str, Unit]) -> Unit:
    """The unit of a formula whose inputs have these units; raises FormulaError where two parts that are added
    or compared differ, or a name is unknown.
    """
    if node.op == "number":
        return NUMBER
    if node.op == "name":
        if node.name not in units:
            listed = f", or use one of {', '.join(sorted(units))}" if units else ""
            raise FormulaError(f"`{node.name}` is not a named input. Add it{listed}")
        return units[node.name]
    found = [unit_of(part, units) for part in node.parts]
    if node.op == "*":
        return found[0] * found[1]
    if node.op == "/":
        return found[0] / found[1]
    for part, unit in zip(node.parts[1:], found[1:], strict=True):
        if unit != found[0]:
            raise FormulaError(
                f"the two sides of `{node.op}` have different units: {found[0]} in `{node.parts[0]}`, {unit}"
                f" in `{part}`. Correct one"
            )
    return found[0]


def _node(tree: ast.expr, depth: int) -> Node:
    if depth > _DEEPEST:
        raise FormulaError(f"the formula is nested deeper than {_DEEPEST} levels. Split it")
    if (
        isinstance(tree, ast.Constant)
        and isinstance(tree.value, int | float)
        and not isinstance(tree.value, bool)
    ):
        return Node("number", number=exact(tree.value))
    if isinstance(tree, ast.Name):
        return Node("name", name=tree.id)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return Node("*", (Node("number", number=Fraction(-1)), _node(tree.operand, depth + 1)))
    if isinstance(tree, ast.BinOp) and type(tree.op) in _OPERATIONS:
        return Node(_OPERATIONS[type(tree.op)], (_node(tree.left, depth + 1), _node(tree.right, depth + 1)))
    if (
        isinstance(tree, ast.Call)
        and isinstance(tree.func, ast.Name)
        and tree.func.id in ("min", "max")
        and tree.args
        and not tree.keywords
    ):
        return Node(tree.func.id, tuple(_node(part, depth + 1) for part in tree.args))
    raise FormulaError(
        f"`{ast.unparse(tree)}` cannot stand in a formula. Use + - * / min max over names and numbers"
    )
