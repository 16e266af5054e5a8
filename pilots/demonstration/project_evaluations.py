"""An invented evaluation with an interim summary, labelled as demonstration data."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring.models import Indicator

from ..models import ProjectEvaluation
from ..services import project_evaluations as services

FILE = Path(__file__).parent / "project_evaluation.json"


def load() -> str:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    writers = [one for one in User.objects.filter(is_active=True) if one.has_perm("pilots.write_project_evaluation")]
    owner = Organisation.objects.filter(code=told["owner"]).first() or Organisation.objects.order_by("pk").first()
    if ProjectEvaluation.objects.exists() or not writers or owner is None:
        return ""
    with transaction.atomic():
        write(told, writers[0], owner)
    return "1 evaluation of the project"


def write(told: dict, by: User, owner: Organisation) -> None:
    days = {name: date.fromisoformat(told[name]) for name in ("begins", "ends")}
    texts = {name: {"en": told[name]} for name in ("title", "purpose")}
    made = services.begin(by=by, evaluator=owner, is_demonstration=True, **texts, **days)
    found = None
    for row in told["questions"]:
        words = {name: {"en": row[name]} for name in ("text", "method", "indicators")}
        measured = Indicator.objects.filter(code__in=row.get("measured", []))
        question = services.keep(made, "questions", by=by, measured=measured, **words)
        for kind, text, number in row["sources"]:
            source = {"question": question, "kind": kind, "text": {"en": text}, "number": number}
            services.keep(made, "sources", by=by, **source)
        for text in row["findings"]:
            finding = {"question": question, "text": {"en": text}, "found_on": days["begins"]}
            found = services.keep(made, "findings", by=by, **finding)
    for text, until, state, done in told["recommendations"]:
        advice = {"text": {"en": text}, "owner": owner, "due_on": date.fromisoformat(until), "finding": found}
        kept = services.keep(made, "recommendations", by=by, **advice)
        if state != "open":
            services.follow(kept, by=by, state=state, done={"en": done})
    words = {name: {"en": told["report"][name]} for name in ("title", "summary")}
    report = services.keep(made, "reports", by=by, kind="interim", **words)
    if by.has_perm("pilots.publish_evaluation_report", report):
        services.publish(report, by=by)
