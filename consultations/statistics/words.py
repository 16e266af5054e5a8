"""Words of free texts of one language; languages are never pooled. Only texts that may be shown belong in here."""

import re
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

WORD = re.compile(r"[^\W\d_]{2,}|\n")
SHORTEST = 3
LISTS = Path(__file__).with_name("stopwords.txt")


@cache
def stopwords(language):
    """Words that say nothing by themselves, of one of the eleven languages; none of any other."""
    lines = (line.split(":", 1) for line in LISTS.read_text(encoding="utf-8").splitlines())
    return frozenset(dict(lines).get(language, "").split())


def terms(texts, language_stem=None, left_out=(), threshold=5, most=50):
    """The terms used in most texts: `texts` (in how many), `share`, and `example`, their most frequent form.

    `language_stem` brings forms of a word together; words `left_out` do not count. Terms of fewer texts than the
    threshold are not told, nor those of all texts but a few, which would tell of these.
    """
    column = pd.Series(texts).dropna()
    found = WORD.findall("\n".join(column.astype(str).str.replace("\n", " ").str.lower()))
    token = pd.Series(found, dtype="str")
    text = token.eq("\n").cumsum()
    frame = pd.DataFrame({"text": text, "word": token})[(token.str.len() >= SHORTEST) & ~token.isin(set(left_out))]
    stems = {word: language_stem(word) if language_stem else word for word in frame["word"].unique()}
    frame["term"] = frame["word"].map(stems)
    number = frame.drop_duplicates(["text", "term"])["term"].value_counts()
    kept = number[(number >= threshold) & ((len(column) - number >= threshold) | (number == len(column)))]
    forms = frame[frame["term"].isin(kept.index)].groupby(["term", "word"]).size().sort_values(kind="stable")
    example = dict(forms.index)
    ordered = sorted(kept.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return pd.DataFrame(
        {
            "texts": [count for _term, count in ordered],
            "share": [count / len(column) for _term, count in ordered],
            "example": [example[term] for term, _count in ordered],
        },
        index=pd.Index([term for term, _count in ordered], name="term"),
    )


def in_context(texts, word, width=60, most=200):
    """Places where a word begins: `text` (its index), `left`, `word`, `right`, at most so many."""
    column = pd.Series(texts).dropna().astype(str).str.replace(r"[\s\0]+", " ", regex=True).str.strip()
    joined = "\0".join(column)
    begins = np.append(0, column.str.len().to_numpy().cumsum() + np.arange(1, len(column) + 1))
    found = list(islice(re.finditer(rf"(?i)\b{re.escape(word)}\w*", joined), most))
    place = np.searchsorted(begins, [match.start() for match in found], side="right") - 1
    spans = zip(found, begins[place].tolist(), begins[place + 1].tolist() if found else [], strict=True)
    rows = [around(joined, match, begin, end - 1, width) for match, begin, end in spans]
    frame = pd.DataFrame(rows, columns=["left", "word", "right"])
    return frame.assign(text=column.index[place])[["text", "left", "word", "right"]]


def around(joined, match, begin, end, width):
    left = joined[max(begin, match.start() - width) : match.start()]
    return left, match.group(), joined[match.end() : min(end, match.end() + width)]


def by_language(texts, languages):
    """Per language: number of texts, and quartiles of their length in words."""
    frame = pd.DataFrame({"language": list(languages), "text": list(texts)}).dropna()
    words = frame["text"].str.count(r"\S+")
    table = (
        words.groupby(frame["language"]).quantile(np.array([0.25, 0.5, 0.75])).unstack()
        if len(frame)
        else pd.DataFrame()
    )
    number = frame["language"].value_counts().sort_index()
    return pd.DataFrame(
        {
            "texts": number,
            **{
                name: table[part] if len(frame) else np.zeros(0)
                for name, part in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75))
            },
        }
    )
