"""Sixty questions with the record each should find, and how many do within the first ten answers.

A record stands here in one language or two; what is in a file is on a page of it. Questions come with and without accents, in
another alphabet, in another language than the record, as other forms of a word, and about what stands in files only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from platform_core.ground.texts.codes import interface_code
from platform_core.programme.search import selectors

LABEL = "repository.record"
FIRST = 10


@dataclass(frozen=True)
class Shelved:
    """`pages` are the texts of a file's pages."""

    code: str
    title: dict[str, str]
    summary: dict[str, str]
    pages: tuple[str, ...] = ()
    language: str = "en"


SHELF = (
    Shelved(
        "ro-financing",
        {"ro": "Finanțarea clusterelor din Moldova"},
        {"ro": "Cum își plătesc trei asociații personalul după încheierea proiectelor."},
    ),
    Shelved("bg-voucher", {"bg": "Иновационни ваучери за малки фирми"}, {"bg": "Общината плаща съвет от университет."}),
    Shelved(
        "el-incubator",
        {"el": "Θερμοκοιτίδα επιχειρήσεων στο λιμάνι"},
        {"el": "Δώδεκα νέες εταιρείες σε παλιές αποθήκες."},
    ),
    Shelved("hu-training", {"hu": "Szakképzés a gépiparban"}, {"hu": "Tanműhely, amelyet hét cég közösen tart fenn."}),
    Shelved(
        "sk-circular", {"sk": "Obehové hospodárstvo v drevárstve"}, {"sk": "Odpad jednej píly je surovinou druhej."}
    ),
    Shelved(
        "sl-transfer",
        {"sl": "Prenos tehnologije iz instituta v podjetja"},
        {"sl": "Pisarna, ki išče uporabnike za izume."},
    ),
    Shelved(
        "hr-export", {"hr": "Zajednički nastup na sajmovima"}, {"hr": "Brodograditelji dijele štand i prevoditelja."}
    ),
    Shelved("sr-foundry", {"sr": "Livnice dele laboratoriju"}, {"sr": "Ispitivanje legura u Šumadiji."}),
    Shelved(
        "it-design",
        {"it": "Capitale di rischio per il design"},
        {"it": "Un fondo regionale entra in sei imprese giovani."},
    ),
    Shelved(
        "de-heat", {"de": "Abwärme der Gießereien heizt Häuser"}, {"de": "Ein Netzwerk von Betrieben spart Energie."}
    ),
    Shelved(
        "en-manager",
        {"en": "A year in the life of a cluster manager", "el": "Ένας χρόνος στη ζωή ενός διαχειριστή"},
        {"en": "Training in ten real situations.", "el": "Εκπαίδευση σε δέκα πραγματικές καταστάσεις."},
    ),
    Shelved(
        "en-peer", {"en": "Peer review of a regional policy"}, {"en": "Four regions looked at a fifth for two days."}
    ),
    Shelved("bg-textile", {"bg": "Текстилни фирми купуват заедно"}, {"bg": "Общи поръчки на прежда в Пловдив."}),
    Shelved("el-olive", {"el": "Ελαιόλαδο με όνομα"}, {"el": "Ελαιοτριβεία της Κρήτης πουλούν με κοινό σήμα."}),
    Shelved(
        "ro-it", {"ro": "Programatori pentru fabrici"}, {"ro": "Studenții din Iași digitalizează ateliere mecanice."}
    ),
    Shelved("hu-angel", {"hu": "Üzleti angyalok Szegeden"}, {"hu": "Befektetők, akik tanácsot is adnak."}),
    Shelved("sk-skills", {"sk": "Kde chýbajú zručnosti"}, {"sk": "Prieskum medzi sto podnikmi na Šariši."}),
    Shelved("sl-wood", {"sl": "Leseni mostovi"}, {"sl": "Žage in gradbinci razvijajo nov izdelek."}),
    Shelved("hr-tourism", {"hr": "Turizam izvan sezone"}, {"hr": "Hotelijeri i vinari Istre rade zajedno zimi."}),
    Shelved("sr-raspberry", {"sr": "Maline bez otpada"}, {"sr": "Od koštica se pravi ulje u Ivanjici."}),
    Shelved("it-shoes", {"it": "Scarpe riparabili"}, {"it": "Un distretto calzaturiero ripensa il prodotto."}),
    Shelved("de-timber", {"de": "Holzbau als Lehrberuf"}, {"de": "Zimmerer und Architekten bilden gemeinsam aus."}),
    Shelved(
        "en-guarantee", {"en": "A guarantee line for small firms"}, {"en": "Banks lend where a region stands surety."}
    ),
    Shelved(
        "en-file-quota",
        {"en": "Annual report of an agency"},
        {"en": "What was done in 2023."},
        ("Introduction and thanks.", "The agency met its quota of zirconium recycling in Thessaly.", "Tables."),
    ),
    Shelved(
        "el-file-fish",
        {"el": "Έκθεση ομάδας εργασίας"},
        {"el": "Πεπραγμένα του έτους."},
        ("Εισαγωγή.", "Οι ιχθυοκαλλιέργειες της Χαλκίδας μείωσαν τα απόβλητα κατά το ήμισυ."),
        "el",
    ),
    Shelved(
        "bg-file-rose",
        {"bg": "Доклад за годината"},
        {"bg": "Какво беше свършено."},
        ("Увод.", "Дестилериите за розово масло в Казанлък споделят сушилня."),
        "bg",
    ),
    Shelved(
        "ro-file-honey",
        {"ro": "Raport anual"},
        {"ro": "Ce s-a făcut."},
        ("Introducere.", "Apicultorii din Făgăraș vând mierea printr-o platformă comună."),
        "ro",
    ),
    Shelved(
        "hu-file-paprika",
        {"hu": "Éves jelentés"},
        {"hu": "Mi történt."},
        ("Bevezetés.", "A kalocsai paprikaőrlők közös márkát vezettek be."),
        "hu",
    ),
    Shelved("en-lq", {"en": "Reading location quotients"}, {"en": "What a high value says, and what it does not."}),
    Shelved("en-trust", {"en": "Why members leave"}, {"en": "Interviews with firms that gave up their membership."}),
)

# question, language of the reader, the record it should find
PAIRS = (
    ("finanțarea clusterelor", "ro", "ro-financing"),
    ("finantarea clusterelor", "ro", "ro-financing"),
    ("cluster financing", "en", "ro-financing"),
    ("финансиране на клъстери", "bg", "ro-financing"),
    ("Clusterfinanzierung", "de", "ro-financing"),
    ("finanziamento dei cluster", "it", "ro-financing"),
    ("personalul asociațiilor", "ro", "ro-financing"),
    ("иновационен ваучер", "bg", "bg-voucher"),
    ("ваучери", "bg", "bg-voucher"),
    ("vaucheri", "en", "bg-voucher"),
    ("innovation voucher", "en", "bg-voucher"),
    ("inovačný voucher", "sk", "bg-voucher"),
    ("θερμοκοιτίδα", "el", "el-incubator"),
    ("θερμοκοιτιδα", "el", "el-incubator"),
    ("thermokoitida", "en", "el-incubator"),
    ("incubator", "en", "el-incubator"),
    ("podnikateľský inkubátor", "sk", "el-incubator"),
    ("szakképzés", "hu", "hu-training"),
    ("szakkepzes", "hu", "hu-training"),
    ("vocational training", "en", "hu-training"),
    ("επαγγελματική κατάρτιση", "el", "hu-training"),
    ("obehové hospodárstvo", "sk", "sk-circular"),
    ("obehove hospodarstvo", "en", "sk-circular"),
    ("circular economy", "en", "sk-circular"),
    ("кръгова икономика", "bg", "sk-circular"),
    ("prenos tehnologije", "sl", "sl-transfer"),
    ("technology transfer", "en", "sl-transfer"),
    ("μεταφορά τεχνολογίας", "el", "sl-transfer"),
    ("brodograditelji", "hr", "hr-export"),
    ("štand na sajmovima", "hr", "hr-export"),
    ("stand na sajmovima", "en", "hr-export"),
    ("livnice", "sr", "sr-foundry"),
    ("ливнице", "sr", "sr-foundry"),
    ("Šumadija laboratoriju", "sr", "sr-foundry"),
    ("capitale di rischio", "it", "it-design"),
    ("venture capital", "en", "it-design"),
    ("επιχειρηματικό κεφάλαιο", "el", "it-design"),
    ("Abwärme", "de", "de-heat"),
    ("abwarme giessereien", "en", "de-heat"),
    ("διαχειριστής εκπαίδευση", "el", "en-manager"),
    ("cluster manager trainings", "en", "en-manager"),
    ("peer reviews", "en", "en-peer"),
    ("evaluare inter pares", "ro", "en-peer"),
    ("прежда Пловдив", "bg", "bg-textile"),
    ("prezhda plovdiv", "en", "bg-textile"),
    ("ελαιοτριβεία Κρήτη", "el", "el-olive"),
    ("elaiolado", "en", "el-olive"),
    ("studenti Iasi", "ro", "ro-it"),
    ("business angel", "en", "hu-angel"),
    ("zrucnosti saris", "sk", "sk-skills"),
    ("zage gradbinci", "sl", "sl-wood"),
    ("loan guarantee", "en", "en-guarantee"),
    ("zirconium Thessaly", "en", "en-file-quota"),
    ("ιχθυοκαλλιέργεια Χαλκίδα", "el", "el-file-fish"),
    ("ichthyokalliergeies", "en", "el-file-fish"),
    ("розово масло", "bg", "bg-file-rose"),
    ("rozovo maslo Kazanlak", "en", "bg-file-rose"),
    ("apicultorii Fagaras", "ro", "ro-file-honey"),
    ("kalocsai paprika", "hu", "hu-file-paprika"),
    ("location quotient", "en", "en-lq"),
)


def missed(pairs: Iterable[tuple[str, str, str]] = PAIRS) -> list[tuple[str, str, str]]:
    """The pairs whose record is not among a guest's first ten answers."""
    lost = []
    for words, language, code in pairs:
        with override(interface_code(language)):
            answer = selectors.find(AnonymousUser(), selectors.Question(words, LABEL))
            found = [entry.key for entry in answer.entries[:FIRST]]
        if code not in found:
            lost.append((words, language, code))
    return lost
