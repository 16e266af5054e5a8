from datetime import timedelta

from django.utils import timezone

from consultations import services
from consultations.models import Consultation
from consultations.services import approvals

STRUCTURE = {
    "sections": [
        {
            "code": "about",
            "title": {"en": "About you", "el": "Για εσάς", "bg": "За вас"},
            "questions": [
                {
                    "code": "audience",
                    "type": "single",
                    "required": True,
                    "text": {"en": "Who are you?", "el": "Ποιος είστε;", "bg": "Кой сте вие?"},
                    "options": [
                        {"code": "policy", "text": {"en": "Policy maker", "el": "Πολιτική", "bg": "Политика"}},
                        {"code": "private", "text": {"en": "Company", "el": "Επιχείρηση", "bg": "Фирма"}},
                    ],
                },
                {"code": "country", "type": "country", "required": True, "text": {"en": "Where?"}},
            ],
        },
        {
            "code": "money",
            "title": {"en": "Money", "el": "Χρήματα", "bg": "Пари"},
            "questions": [
                {
                    "code": "sources",
                    "type": "multiple",
                    "text": {"en": "Which sources?"},
                    "max": 2,
                    "other": "other",
                    "exclusive": "dont_know",
                    "options": [
                        {"code": code, "text": {"en": code}}
                        for code in ("fees", "regional", "eu", "other", "dont_know")
                    ],
                },
                {
                    "code": "share",
                    "type": "number",
                    "min": 0,
                    "max": 100,
                    "text": {"en": "Public share"},
                    "unit": {"en": "%"},
                    "show": {"eq": ["audience", "policy"]},
                },
                {"code": "wish", "type": "long_text", "max_length": 100, "text": {"en": "One wish"}},
            ],
        },
    ]
}


def consultation(
    code: str = "finance", *, open_now: bool = True, structure: dict = STRUCTURE, **fields
) -> Consultation:
    """A consultation on topic 4 with five questions, open unless said otherwise."""
    now = timezone.now()
    given = {
        "code": code,
        "topic_id": 4,
        "title": {"en": "Cluster finance", "el": "Χρηματοδότηση", "bg": "Финансиране"},
        "summary": {"en": "How are clusters financed?", "el": "Πώς;", "bg": "Как?"},
        "languages": ["en", "el", "bg"],
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
    }
    made = services.draw_up(structure, **{**given, **fields})
    return services.open_consultation(made) if open_now else made


def approve(found: Consultation, *, by, approver) -> Consultation:
    """Approved by one person at the wish of another."""
    (asked,) = approvals.ask(found, [approver], by=by, due_on=timezone.localdate() + timedelta(days=7))
    approvals.approve(asked, by=approver, reason="Good")
    found.refresh_from_db()
    return found
