"""A questionnaire that holds every type of question, in three scripts, and one open for answers with all its doors."""

import json
from pathlib import Path

from consultations import selectors, services
from consultations.models import AnswerDraft, Consultation, Invitation
from consultations.services.invitations import token
from platform_core.identity.access.selectors import hash_secret
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation
from tests.factories.consultations import consultation

CODE = "every-type"


def said(en: str, el: str, bg: str) -> dict[str, str]:
    return {"en": en, "el": el, "bg": bg}


FEES, EU = said("Fees", "Εισφορές", "Такси"), said("European funds", "Ευρωπαϊκά ταμεία", "Европейски фондове")
NONE = said("None of them", "Κανένα από αυτά", "Нито едно")
TRAINING, VISITS = said("Training", "Κατάρτιση", "Обучение"), said("Visits abroad", "Επισκέψεις", "Посещения")
ADVICE = said("Advice for small companies", "Συμβουλές για μικρές επιχειρήσεις", "Съвети за малки предприятия")
RARELY, OFTEN = said("Rarely", "Σπάνια", "Рядко"), said("Often", "Συχνά", "Често")
SCALE = [
    said("Not at all", "Καθόλου", "Изобщо не"),
    said("Partly", "Εν μέρει", "Отчасти"),
    said("Entirely", "Απολύτως", "Напълно"),
]


def coded(**texts: dict[str, str]) -> list[dict]:
    return [{"code": code, "text": text} for code, text in texts.items()]


def ask(code: str, kind: str, text: dict[str, str], **more) -> dict:
    return {"code": code, "type": kind, "text": text, **more}


SOURCES = coded(fees=FEES, eu=EU, none=NONE)
OFFERS = coded(training=TRAINING, visits=VISITS, advice=ADVICE)
STEPS = [{"code": str(place), "text": text} for place, text in enumerate(SCALE, 1)]
TIMES = coded(rarely=RARELY, often=OFTEN)
POLICY, COMPANY = said("Public authority", "Δημόσια αρχή", "Публичен орган"), said("Company", "Επιχείρηση", "Фирма")

CHOICES = [
    ask("role", "single", said("Who are you?", "Ποιος είστε;", "Кой сте вие?"), required=True)
    | {"options": coded(policy=POLICY, company=COMPANY)},
    ask("size", "single", said("How large?", "Πόσο μεγάλος;", "Колко голям?"), display="dropdown", options=TIMES),
    ask("offer", "single", said("Which offer?", "Ποια προσφορά;", "Кое предложение?"), display="search")
    | {"options": OFFERS},
    ask("sources", "multiple", said("Which sources?", "Ποιες πηγές;", "Кои източници?"), options=SOURCES)
    | {"exclusive": "none"},
    ask("programme", "text", said("Which programme?", "Ποιο πρόγραμμα;", "Коя програма?"))
    | {"show": {"in": ["sources", "eu"]}, "required": True},
]
TABLES = [
    ask("agree", "likert", said("How far do you agree?", "Συμφωνείτε;", "Съгласни ли сте?"), rows=OFFERS)
    | {"scale": STEPS, "dont_know": True},
    ask("use", "matrix", said("How often do you use it?", "Πόσο συχνά;", "Колко често?"), rows=OFFERS, columns=TIMES),
    ask("paid", "matrix_multiple", said("Who pays what?", "Ποιος πληρώνει;", "Кой плаща?"), rows=OFFERS)
    | {"columns": SOURCES},
    ask("mark", "rating", said("How good is it?", "Πόσο καλό;", "Колко добро?"), max=5, low=SCALE[0], high=SCALE[2]),
]
NUMBERS = [
    ask("first", "ranking", said("What comes first?", "Τι προηγείται;", "Кое е първо?"), options=OFFERS),
    ask("shares", "budget", said("Share out the money", "Μοιράστε τα χρήματα", "Разпределете парите"), options=OFFERS),
    ask("staff", "number", said("How many people?", "Πόσα άτομα;", "Колко души?"), whole=True, min=0),
    ask("part", "slider", said("Which part is public?", "Ποιο μέρος;", "Каква част?"), min=0, max=100, step=5)
    | {"unit": said("%", "%", "%")},
    ask("since", "date", said("Since when?", "Από πότε;", "Откога?"), min="2000-01-01"),
]
TEXTS = [
    ask("name", "text", said("Name of the cluster", "Όνομα", "Име")),
    ask("wish", "long_text", said("One wish", "Μια ευχή", "Едно желание"), max_length=300, personal=True),
    ask("mail", "email", said("E-mail", "Ηλεκτρονική διεύθυνση", "Електронна поща")),
    ask("web", "url", said("Web page", "Ιστοσελίδα", "Уебстраница")),
]
PLACES = [
    ask("land", "country", said("Where?", "Πού;", "Къде?")),
    ask("region", "region", said("Which region?", "Ποια περιφέρεια;", "Кой регион?"), level=2),
    ask("house", "organisation", said("Which organisation?", "Ποιος οργανισμός;", "Коя организация?")),
    ask("told", "info", said("Papers are read by people.", "Τα έγγραφα διαβάζονται.", "Документите се четат.")),
    ask("paper", "file", said("A paper", "Ένα έγγραφο", "Документ"), accept=["pdf", "txt"]),
    ask("agreed", "consent", said("We may be asked again.", "Μπορείτε να ρωτήσετε ξανά.", "Може да питате пак."))
    | {"required": True},
]
TITLES = {
    "choices": (said("About you", "Για εσάς", "За вас"), CHOICES),
    "tables": (said("What you think", "Τι πιστεύετε", "Какво мислите"), TABLES),
    "numbers": (said("How much", "Πόσο", "Колко"), NUMBERS),
    "texts": (said("In your words", "Με δικά σας λόγια", "С ваши думи"), TEXTS),
    "places": (said("Where you are", "Πού βρίσκεστε", "Къде сте"), PLACES),
}
EVERY = {
    "audiences": coded(policy=POLICY, company=COMPANY),
    "sections": [{"code": code, "title": title, "questions": asked} for code, (title, asked) in TITLES.items()],
}
ANSWERS = {
    "role": "policy",
    "size": "often",
    "offer": "visits",
    "sources": ["fees", "eu"],
    "programme": "Interreg",
    "agree": {"training": "3", "visits": "dont_know", "advice": "1"},
    "use": {"training": "often", "visits": "rarely", "advice": "often"},
    "paid": {"training": ["fees", "eu"], "visits": ["none"]},
    "mark": 4,
    "first": {"training": 2, "visits": 1},
    "shares": {"training": 60, "visits": 40},
    "staff": 12.0,
    "part": 35.0,
    "since": "2021-03-15",
    "name": "Holzkreis",
    "wish": "Fewer forms,\nlonger calls",
    "mail": "office@example.org",
    "web": "https://example.org/cluster",
    "land": "AT",
    "region": "AT22",
    "house": "Holzkreis",
    "agreed": True,
}


def every_type(**fields) -> Consultation:
    given = {"asks_publication": True, "offers_sign_off": True, "may_change": True, **fields}
    return consultation(CODE, structure=EVERY, **given)


def filled_in(found: Consultation, **more) -> str:
    """The secret of answers to everything that are ready to be sent."""
    secret = services.begin(found, selectors.current_version(found))
    draft = AnswerDraft.objects.get(secret_hash=hash_secret(secret))
    services.keep(draft, ANSWERS | more, set(ANSWERS | more))
    return secret


def doors() -> dict[str, str]:
    """Addresses without their language: an invitation, an organisation's link, answers ready to be sent."""
    found = every_type()
    place = f"/consultations/{CODE}/"
    lead = User.objects.get(email="lead@example.org")
    link = services.give_link(found, Organisation.objects.order_by("pk").first(), goal=20, by=lead)
    invitation = Invitation.objects.create(consultation=found, email="asked@example.org", language="en")
    return {
        "place": place,
        "via": f"{place}via/{link.code}/",
        "invited": f"{place}invited/{token(invitation)}/",
        "register": f"{place}register/",
        **{f"ready{number}": f"{place}answers/{filled_in(found)}/" for number in range(9)},
    }


def write_doors(path: str) -> None:
    """For a program of its own: makes everything in its database and writes the addresses as JSON."""
    Path(path).write_text(json.dumps(doors()), encoding="utf-8")
