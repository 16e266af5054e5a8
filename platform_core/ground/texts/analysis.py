"""Words become `[a-z0-9]+` tokens, the same for both databases: stem where Snowball has the language, fold, transliterate.

A document's word gives its plain form and its stem. A query's word gives, from its plain form alone, the variants a
document may hold, so `πολιτική` and `politiki` ask for the same tokens.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import snowballstemmer

ALGORITHMS = {
    "en": "english",
    "it": "italian",
    "de": "german",
    "hu": "hungarian",
    "ro": "romanian",
    "el": "greek",
    "sr": "serbian",
    "hr": "serbian",
}
STEMMERS = {code: snowballstemmer.stemmer(name) for code, name in ALGORITHMS.items()}
# Endings of cases, articles and plurals, folded, for languages without an algorithm; the longest is taken off
ENDINGS = {
    "bg": "ovete evete niyat ovata nite nata noto niya iyat yata ove eve ite ata iya eto oto yat ni na no en ta to te at ya "
    "i a o e",
    "sk": "iami iach ami och ach ych ymi eho emu ovi ov om ou ej ym im ie ia iu mi e a i o u y",
    "sl": "ega emu imi ami oma ama ih im em om ov ev a e i o u",
}
LIGHT = {code: sorted(endings.split(), key=len, reverse=True) for code, endings in ENDINGS.items()}
SHORTEST = 4  # letters that must be left of a word
WORD = re.compile(r"[^\W_]+")
PLAIN = re.compile(r"[a-z0-9]+")

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюяјљњћђџѝ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sht",
            "a",
            "y",
            "yu",
            "ya",
            "j",
            "lj",
            "nj",
            "c",
            "d",
            "dz",
            "i",
        ],
        strict=True,
    )
)
# Where Serbian writes another Latin letter than Bulgarian does
SERBIAN = str.maketrans(
    {"ц": "c", "ч": "č", "ж": "ž", "ш": "š", "х": "h", "ђ": "đ", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "ć", "џ": "dž"}
)
LATIN = {"ß": "ss", "đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"}
LETTERS = str.maketrans({**GREEK, **CYRILLIC, **LATIN})
AMBIGUOUS = {"ι": "ιη", "ο": "οω"}
SINGLE = ((latin, greek) for greek, latin in GREEK.items() if len(latin) == 1 and greek not in "ηως")
BACK = [("th", "θ"), ("ch", "χ"), ("ps", "ψ"), *SINGLE]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower case without accents, Greek and Cyrillic in Latin letters (ELOT 743, Bulgarian streamlined system)."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(letter)
    )
    return "".join(PLAIN.findall(bare.translate(LETTERS)))


@lru_cache(maxsize=200_000)
def stem(word: str, code: str) -> str:
    """The folded stem: by Snowball, else without its ending, else the folded word."""
    stemmer = STEMMERS.get(code)
    return fold(stemmer.stemWord(word.lower())) if stemmer else without_ending(fold(word), code)


def without_ending(plain: str, code: str) -> str:
    for ending in LIGHT.get(code, ()):
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST:
            return plain.removesuffix(ending)
    return plain


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))


def tokens(text: str, code: str) -> Iterator[str]:
    """Tokens of a document's text in a language: each word's plain form, then its stem where that differs."""
    for word in words(text):
        plain, root = fold(word), stem(word, code)
        if plain:
            yield plain
        if root and root != plain:
            yield root


@lru_cache(maxsize=20_000)
def variants(word: str, code: str) -> tuple[str, ...]:
    """Tokens any of which answers a query's word asked in the language `code`, plain form first."""
    plain = fold(word)
    found = dict.fromkeys([plain, *greek_stems(plain)])
    if (serbian := word.lower().translate(SERBIAN)) != word.lower():
        found |= dict.fromkeys([fold(serbian), stem(serbian, "sr")])
    for language in ("en", code):
        found[stem(plain, language)] = None
        if word.lower() != plain and fold(word[0]) == unicodedata.normalize("NFKD", word[0].lower())[0]:
            found[stem(word, language)] = None
    return tuple(token for token in found if token)


def greek_stems(plain: str) -> set[str]:
    """Stems of the Greek words that `plain` may stand for; i and o each stand for two letters near the end."""
    if len(plain) < 4 or not plain.isalpha():
        return set()
    greek = plain
    for latin, letter in BACK:
        greek = greek.replace(latin, letter)
    start, tail = greek[:-5], greek[-5:]
    spellings = product(*(AMBIGUOUS.get(letter, letter) for letter in tail))
    return {stem(start + "".join(spelling), "el") for spelling in spellings}


def query_words(query: str) -> list[str]:
    """At most twelve words of a query, each once."""
    return list(dict.fromkeys(word for word in words(query) if fold(word)))[:12]
