"""Sample data for the gallery. Invented, and never shown elsewhere."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

GRID = """
. . . . . . AT31 AT12 AT13 SK01 SK02 SK03 SK04 . .
. . . AT34 AT33 AT32 AT22 AT11 HU22 HU21 HU12 HU31 HU32 RO11 RO21
ITC2 ITC4 ITH1 ITH2 ITH4 AT21 SI03 HR06 HR02 HU23 HU11 HU33 RO42 RO12 RO22
ITC1 ITC3 ITH5 ITH3 . SI04 HR05 . . . RS12 RS11 RO41 RO31 RO32
. . ITI1 ITI2 ITI3 . HR03 . . . RS21 RS22 BG31 BG32 BG33
. . . ITI4 ITF1 . . . . . . . BG41 BG42 BG34
. ITG2 . . ITF3 ITF2 . . . . . EL53 EL52 EL51 .
. . . . . ITF5 ITF4 . . . . EL54 EL61 . EL41
. . . . . . ITF6 . . . EL62 EL63 EL64 . .
. . . . . ITG1 . . . . . EL65 EL30 . EL42
. . . . . . . . . . . . . EL43 .
"""
COUNTS = (0, 2, 0, 7, 1, 1, 0, 3, 0, 12, 4, None, 2, 1, 5, 0, 1)
TOPICS = (
    "Innovation, R&D driven cluster development",
    "Sustainability through cluster development",
    "International cluster cooperation and networking",
    "Financial framework improvement",
    "Clusters and regional specialisation",
    "New skills and jobs creation",
)


def sample_regions() -> list[dict[str, Any]]:
    tiles = [
        (code, column, row)
        for row, line in enumerate(GRID.split("\n")[1:-1])
        for column, code in enumerate(line.split())
        if code != "."
    ]
    return [
        {
            "code": code,
            "name": f"Sample region {index}",
            "column": column,
            "row": row,
            "value": COUNTS[index % len(COUNTS)],
            "address": f"#{code}",
        }
        for index, (code, column, row) in enumerate(tiles, 1)
    ]


def sample_choices() -> list[dict[str, Any]]:
    topics = [
        {"code": str(number), "label": name, "count": 41 - 5 * number, "address": f"?topic={number}", "topic": number}
        for number, name in enumerate(TOPICS, 1)
    ]
    countries = ("Austria", "Bulgaria", "Croatia", "Greece", "Hungary")
    others = [{"code": name, "label": name, "count": 3, "address": f"?country={name}"} for name in countries]
    return [{**choice, "selected": choice["code"] == "4"} for choice in [*topics, *others]]


class SampleForm(forms.Form):
    name = forms.CharField(
        label="Name of the organisation",
        help_text="As it stands in the register.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    source = forms.ChoiceField(
        label="Which source covers the larger part of your cluster’s budget?",
        help_text="Choose one answer.",
        choices=[("fees", "Membership fees"), ("region", "Regional funding"), ("eu", "Programmes of the EU")],
        widget=forms.RadioSelect,
    )
    services = forms.MultipleChoiceField(
        label="What does it offer?",
        choices=[("training", "Training"), ("export", "Help with exporting")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    country = forms.ChoiceField(label="Country", choices=[("at", "Austria"), ("el", "Greece")])
    remarks = forms.CharField(label="What would you simplify first?", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Supporting document", required=False)
    consent = forms.BooleanField(label="I have read how my answers are used.")


BARS = [
    {"label": "Regional funding", "value": 46.2, "low": 36.9, "high": 55.7, "count": 48},
    {"label": "Membership fees", "value": 31.7, "low": 23.6, "high": 41.2, "count": 33},
    {"label": "Programmes of the EU", "value": 17.3, "low": 11.2, "high": 25.7, "count": 18},
    {"label": "Banks and other financing institutions", "suppressed": True},
]
COLUMNS = ["Regional funding", "Membership fees", "Programmes of the EU"]
CROSS = [
    {
        "label": "Austria",
        "cells": [{"text": "52 %", "share": 52}, {"text": "30 %", "share": 30}, {"text": "18 %", "share": 18}],
        "total": 33,
    },
    {
        "label": "Greece",
        "cells": [{"text": "21 %", "share": 21}, {"text": "17 %", "share": 17}, {"text": "62 %", "share": 62}],
        "total": 29,
    },
    {"label": "Slovenia", "cells": [{"suppressed": True}, {"suppressed": True}, {"suppressed": True}], "total": None},
]
SCALE = ["Disagree strongly", "Disagree", "Neither", "Agree", "Agree strongly"]
ANSWERS = [
    {"label": "Cluster managers have the skills they need.", "shares": [14, 31, 20, 25, 10], "base": 104},
    {"label": "Public money should follow results.", "shares": [3, 9, 12, 41, 35], "base": 101},
    {"label": "Our region would share a cluster label with a neighbour.", "suppressed": True},
]
RECORD = {
    "title": "Innovation vouchers with a shared audit for cluster firms",
    "address": "#record",
    "summary": "Small firms buy research together and are audited once: what it cost and what came of it.",
    "meta": ["Good practice", "Lower Austria · AT12", "2026"],
}
SNIPPETS = [
    {"text": mark_safe("a shared <mark>audit</mark> halves the cost"), "place": "finance.pdf, page 3", "address": "#p3"}
]
FACTS = [("Region", "Lower Austria (AT12)"), ("Cost", "€ 420,000 over three years"), ("Cluster maturity", "growth")]
TABLE_HEAD = ["Organisation", "Tier", "State", "Members"]
TABLE_ROWS = [
    ["Sample agency", "full", "admitted", "12"],
    ["Οργανισμός δείγμα", "associated", "waiting for a vote", "4"],
]


def sample_page() -> dict[str, Any]:
    return {
        "regions": sample_regions(),
        "choices": sample_choices(),
        "blank": SampleForm(auto_id="blank_%s"),
        "wrong": SampleForm({"name": "", "source": ""}, auto_id="wrong_%s"),
        "moment": datetime(2026, 12, 12, 22, 59, tzinfo=UTC),
        "some_page": Paginator(range(280), 20).page(3),
        "topics": list(enumerate(TOPICS, 1)),
        "trail": [("Home", "/"), ("Repository", "#repository"), ("Financial framework improvement", "")],
        "bars": BARS,
        "columns": COLUMNS,
        "cross": CROSS,
        "scale": SCALE,
        "answers": ANSWERS,
        "record": RECORD,
        "snippets": SNIPPETS,
        "facts": FACTS,
        "table_head": TABLE_HEAD,
        "table_rows": TABLE_ROWS,
        "numeric_columns": [3],
    }
