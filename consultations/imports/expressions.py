"""Conditions of other programs as trees: XPath as XLSForm uses it and LimeSurvey's ExpressionScript, the parts we have.

Comparisons of a question with a value, `selected`, `is_empty`, `not`, `and`, `or`. Anything else raises ExpressionError.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..questions import SEVERAL_TYPES

DEEPEST = 20
LONGEST = 5000
TOKEN = re.compile(
    r"""\s*(?:
    (?P<name>\$\{\s*[^}]+?\s*\}|[A-Za-z_][\w:-]*(?:\.[A-Za-z_]\w*)*)
    |(?P<text>'[^']*'|"[^"]*"|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”])
    |(?P<number>-?\d+(?:\.\d+)?)
    |(?P<sign>==|!=|<=|>=|&&|\|\||[<>=!(),.+*/-])
    )""",
    re.VERBOSE,
)
SAME = {"=": "eq", "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
WORDS = {"eq": "eq", "ne": "ne", "lt": "lt", "le": "le", "gt": "gt", "ge": "ge"}
TURNED = {"eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
EMPTY = {"is_empty"}
COUNTED = {"count-selected", "string-length", "strlen"}


class ExpressionError(ValueError):
    """Says what cannot be taken over."""


@dataclass(frozen=True)
class Reference:
    """What a name stands for: a question, one of its rows, or one of its options. `values` are codes by their old names."""

    code: str
    type: str
    row: str = ""
    option: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.code}.{self.row}" if self.row else self.code


@dataclass(frozen=True)
class Call:
    name: str
    given: list


Token = tuple[str, str]


def condition(text: str, names: Mapping[str, Reference]) -> Any:
    """The tree, or None for what always holds."""
    text = text.strip()
    if text in ("", "1", "true()", "TRUE"):
        return None
    if len(text) > LONGEST:
        raise ExpressionError(_("it is too long"))
    reader = Reader(tokens(text), names)
    found = truth(reader.either(0))
    if reader.rest:
        raise ExpressionError(_("“%(text)s” is not understood") % {"text": reader.rest[0][1]})
    return found


def tokens(text: str) -> list[Token]:
    found, place = [], 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        if match is None:
            raise ExpressionError(_("“%(text)s” is not understood") % {"text": text[place : place + 20]})
        found.append((str(match.lastgroup), str(match.group(str(match.lastgroup)))))
        place = match.end()
    return found


class Reader:
    def __init__(self, rest: list[Token], names: Mapping[str, Reference]) -> None:
        self.rest, self.names = rest, names

    def take(self, *signs: str) -> str:
        """The next token if it is one of these, in small letters."""
        if self.rest and self.rest[0][0] != "text" and self.rest[0][1].lower() in signs:
            return self.rest.pop(0)[1].lower()
        return ""

    def either(self, depth: int) -> Any:
        parts = [self.both(depth)]
        while self.take("or", "||"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else {"any": [truth(part) for part in parts]}

    def both(self, depth: int) -> Any:
        parts = [self.compared(depth)]
        while self.take("and", "&&"):
            parts.append(self.compared(depth))
        return parts[0] if len(parts) == 1 else {"all": [truth(part) for part in parts]}

    def compared(self, depth: int) -> Any:
        if depth > DEEPEST:
            raise ExpressionError(_("it is nested too deeply"))
        if self.take("!"):
            return negated(truth(self.compared(depth + 1)))
        left = self.operand(depth)
        sign = self.take(*SAME, *WORDS)
        if not sign:
            return left
        return comparison(left, SAME.get(sign) or WORDS[sign], self.operand(depth))

    def operand(self, depth: int) -> Any:
        if self.take("("):
            found = self.either(depth + 1)
            self.close()
            return found
        if not self.rest:
            raise ExpressionError(_("it ends too early"))
        kind, text = self.rest.pop(0)
        if kind == "text":
            return text[1:-1]
        if kind == "number":
            return float(text)
        if kind == "sign":
            raise ExpressionError(_("“%(text)s” is not understood") % {"text": text})
        return self.call(text, depth) if self.take("(") else self.named(text)

    def close(self) -> None:
        if not self.take(")"):
            raise ExpressionError(_("a bracket is not closed"))

    def call(self, name: str, depth: int) -> Any:
        given = []
        while not self.take(")"):
            given.append(self.either(depth + 1))
            if not self.take(","):
                self.close()
                break
        return called(name.lower(), given)

    def named(self, text: str) -> Reference:
        name = text.removeprefix("${").removesuffix("}").strip()
        found = self.names.get(name) or self.names.get(name.rpartition(".")[0] or name)
        if found is None:
            raise ExpressionError(_("%(name)s is not asked before, or was not taken over") % {"name": name})
        return found


def called(name: str, given: list) -> Any:
    match name, given:
        case "not", [inner]:
            return negated(truth(inner))
        case "selected", [Reference() as asked, str() as value]:
            return member(asked, value)
        case ("is_empty", [Reference() as asked]):
            return {"not": answered(asked)}
        case ("date", [str() as day]):
            return day
        case ("true", []):
            return {"all": []}
        case ("false", []):
            return {"any": []}
        case _ if name in COUNTED:
            return Call(name, given)
    raise ExpressionError(_("the function %(name)s is not known here") % {"name": name})


def negated(tree: Any) -> Any:
    return tree.get("not") or {"not": tree}


def truth(found: Any) -> Any:
    """What stands alone as a condition."""
    if isinstance(found, dict):
        return found
    if isinstance(found, float):
        return {"all": []} if found else {"any": []}
    if isinstance(found, Reference):
        return answered(found)
    raise ExpressionError(_("it compares nothing"))


def comparison(left: Any, sign: str, right: Any) -> Any:
    if not isinstance(left, Reference | Call):
        left, sign, right = right, TURNED[sign], left
    if isinstance(left, Call):
        return count(left, sign, right)
    if not isinstance(left, Reference) or not isinstance(right, str | float):
        raise ExpressionError(_("only a question can be compared with a value"))
    if sign == "ne":
        return answered(left) if right == "" else {"not": equal(left, right)}
    if sign == "eq":
        return {"not": answered(left)} if right == "" else equal(left, right)
    if left.type not in ("number", "slider", "rating", "date"):
        raise ExpressionError(_("%(name)s has no order") % {"name": left.name})
    return {sign: [left.name, measured(left, right)]}


def count(call: Call, sign: str, right: Any) -> Any:
    """Only whether there is anything at all."""
    match call.given, sign, right:
        case [Reference() as asked], "gt", 0.0:
            return answered(asked)
        case [Reference() as asked], "eq", 0.0:
            return {"not": answered(asked)}
    raise ExpressionError(_("the function %(name)s is not known here") % {"name": call.name})


def answered(asked: Reference) -> Any:
    if asked.option:
        return {"in": [asked.name, asked.option]}
    if asked.row:
        return {"any": [{"eq": [asked.name, code]} for code in dict.fromkeys(asked.values.values())]}
    return {"answered": asked.code}


def equal(asked: Reference, value: str | float) -> Any:
    if asked.option:
        return (
            {"in": [asked.name, asked.option]}
            if value in ("Y", 1.0, "1")
            else {"not": {"in": [asked.name, asked.option]}}
        )
    if asked.type == "multiple":
        return member(asked, as_name(value))
    if asked.type in ("number", "slider", "date"):
        found = measured(asked, value)
        return {"all": [{"ge": [asked.name, found]}, {"le": [asked.name, found]}]}
    if asked.type == "rating":
        return {"eq": [asked.name, measured(asked, value)]}
    if asked.type == "consent":
        return {"answered": asked.code}
    return member(asked, as_name(value))


def as_name(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def member(asked: Reference, value: str) -> Any:
    if value not in asked.values:
        raise ExpressionError(_("%(value)s is no answer to %(name)s") % {"value": value, "name": asked.name})
    operator = "in" if asked.type in SEVERAL_TYPES else "eq"
    return {operator: [asked.name, asked.values[value]]}


def measured(asked: Reference, value: str | float) -> Any:
    if asked.type == "date":
        return str(value)
    try:
        number = float(value)
    except ValueError as problem:
        raise ExpressionError(_("%(value)s is no number") % {"value": value}) from problem
    return int(number) if number == int(number) else number
