"""Conditions as XLSForm writes them, the other way of `imports/expressions`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ..questions.kinds import codes

SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
IN_ROWS = ("likert", "matrix", "matrix_multiple")


class UnsayableError(ValueError):
    """Says what cannot be written."""


class Relevance:
    def __init__(self, asked: Mapping[str, dict]) -> None:
        self.asked = asked

    def said(self, tree: Any) -> str:
        """The condition in words of XLSForm, empty for what always holds."""
        return self.part(tree) if tree else ""

    def part(self, tree: Any) -> str:
        ((operator, operand),) = tree.items()
        match operator:
            case "all" | "any":
                return self.joined(operator, operand)
            case "not":
                return f"not({self.part(operand)})"
            case "answered":
                return self.answered(operand)
            case "audience":
                return self.audience(operand)
            case "language":
                raise UnsayableError(_("left out: it asks for the language"))
        name, value = operand
        return self.compared(operator, name, value)

    def joined(self, operator: str, parts: list) -> str:
        if not parts:
            return "true()" if operator == "all" else "false()"
        word = " and " if operator == "all" else " or "
        return f"({word.join(self.part(part) for part in parts)})"

    def answered(self, code: str) -> str:
        question = self.asked[code]
        rows = "rows" if question["type"] in IN_ROWS else "options" if question["type"] == "budget" else ""
        names = [f"{code}_{row}" for row in codes(question, rows)] if rows else [code]
        told = " or ".join(f"${{{name}}} != ''" for name in names)
        return f"({told})" if len(names) > 1 else told

    def audience(self, code: str) -> str:
        if code not in codes(self.asked.get("audience", {})):
            raise UnsayableError(_("left out: it asks for an audience nobody can choose"))
        return f"${{audience}} = '{code}'"

    def compared(self, operator: str, name: str, value: Any) -> str:
        code, _dot, row = name.partition(".")
        asked, kind = f"${{{code}_{row}}}" if row else f"${{{code}}}", self.asked[code]["type"]
        if kind == "region":
            raise UnsayableError(_("left out: regions became words"))
        if operator == "in":
            return f"selected({asked}, '{value}')"
        told = f"date('{value}')" if kind == "date" else str(value) if isinstance(value, int | float) else f"'{value}'"
        return f"{asked} {SIGNS.get(operator, '=')} {told}"
