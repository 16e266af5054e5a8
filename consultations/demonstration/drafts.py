"""A consultation on its way: its questions are being written, so that the editor can be tried."""

from datetime import timedelta

from django.utils import timezone

from .. import library, services
from ..models import Consultation

CODE = "managers-needs"
QUESTIONS = [
    {
        "code": "role",
        "type": "single",
        "text": {"en": "What do you do in your cluster?"},
        "options": [
            {"code": "manager", "text": {"en": "I manage it"}},
            {"code": "member", "text": {"en": "I am one of its members"}},
            {"code": "none", "text": {"en": "I belong to none"}},
        ],
    },
    {
        "code": "advice",
        "type": "long_text",
        "text": {"en": "What would you have liked to know when you began?"},
        "show": {"eq": ["role", "manager"]},
    },
]


def load() -> str:
    if Consultation.objects.filter(code=CODE).exists():
        return ""
    structure = library.profile()
    satisfied = {
        "code": "support",
        "type": "likert",
        "text": {"en": "How satisfied are you with the support your cluster gets?"},
        "rows": [
            {"code": "money", "text": {"en": "Money"}},
            {"code": "training", "text": {"en": "Training"}},
            {"code": "contacts", "text": {"en": "Contacts abroad"}},
        ],
        "scale": library.scales()["satisfaction"],
    }
    own = {"code": "work", "title": {"en": "Your work"}, "questions": [*QUESTIONS, satisfied]}
    now = timezone.now()
    services.draw_up(
        {**structure, "sections": [*structure["sections"], own]},
        code=CODE,
        topic_id=6,
        title={"en": "What cluster managers need to learn"},
        summary={"en": "A draft to try the editor with: nobody has answered it, and nobody can yet."},
        languages=["en"],
        preset=Consultation.Preset.PUBLIC,
        asks_publication=True,
        targets={"policy": 52, "private": 260},
        type_targets={"cluster_organisation": 60, "enterprise": 70, "regional_authority": 32},
        opens_at=now + timedelta(days=30),
        closes_at=now + timedelta(days=90),
        is_demonstration=True,
    )
    return "a draft of a consultation"
