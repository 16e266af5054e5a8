"""Invented texts: words by rank as in a language, and planted words of which it is known who holds them."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, product
from random import Random

SYLLABLES = [a + b for a, b in product("bdfgklmnprstv", "aeiou")]
VOCABULARY = 8000
RARE = [f"q{syllable}x{syllable}k" for syllable in SYLLABLES[:20]]
MIDDLING = ["qumbrak", "qintolp", "qeldurn", "qobanst"]
COMMON = ["quvarm", "qesolb", "qirund", "qolemp"]
FIRST = "qantherb"
RARE_HITS, FIRST_HITS = 5, 50


def hidden(place: int) -> bool:
    """One record in fifty is for members."""
    return place % 50 == 49


def vocabulary() -> list[str]:
    chance, found = Random(7), {}
    while len(found) < VOCABULARY:
        found["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(found)


@dataclass
class Writer:
    """Writes the texts of records one after the other; `planted` counts the records that hold each planted word."""

    total: int
    chance: Random = field(default_factory=lambda: Random(2027))
    planted: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.words = vocabulary()
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self.rare_at = rare_places(self.total)

    def languages(self, place: int) -> list[str]:
        """Those of the title and the summary of the record at a place; everything else stands in the first."""
        return ["en"] if place % 3 else ["en", "de"]

    def some(self, number: int, language: str) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=number)

    def plant(self, place: int) -> list[str]:
        """The planted words of the record at a place; a record not open to everyone holds none."""
        chosen = [word for word in MIDDLING if self.chance.random() < 0.05]
        chosen += [word for word in COMMON if self.chance.random() < 0.5]
        chosen += self.rare_at.get(place, [])
        chosen += [FIRST] if place < FIRST_HITS else []
        if hidden(place):
            return []
        self.planted.update(chosen)
        return chosen

    def text(self, number: int, planted: list[str] = [], language: str = "en") -> str:  # noqa: B006 - only read
        found = self.some(number - len(planted), language) + planted
        self.chance.shuffle(found)
        return " ".join(found).capitalize() + "."


def rare_places(total: int) -> dict[int, list[str]]:
    """Each rare word in five records spread over all of them."""
    places: dict[int, list[str]] = {}
    for number, word in enumerate(RARE):
        for part in range(RARE_HITS):
            place = (part * total // RARE_HITS + 7 * number + 1) % total
            places.setdefault(place - hidden(place), []).append(word)
    return places
