"""Free texts of a consultation: most written by one person each, a tenth edited copies of three letters."""

from random import Random

from benchmarks.texts import Writer

WORDS = 60


def letters(number: int) -> list[str]:
    writer, chance = Writer(number), Random(11)
    templates = [writer.text(WORDS) for _letter in range(3)]
    return [
        edited(chance.choice(templates), chance) if place % 10 == 0 else writer.text(WORDS) for place in range(number)
    ]


def edited(text: str, chance: Random) -> str:
    words = text.split()
    words[chance.randrange(len(words))] = "indeed"
    return " ".join(words)
