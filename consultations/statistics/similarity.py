"""Groups of near-identical texts among many, in any script: shingles, signatures, buckets, then exact overlap.

Nothing here grows with the square of the number of texts, nor needs more memory than a few times the texts themselves.
"""

import unicodedata
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

SHINGLE = 5  # letters
BANDS, DEPTH = 24, 6  # texts with an overlap of 0.8 share a bucket with probability 0.999, of 0.2 with 0.002
ALIKE = 0.8  # overlap (Jaccard) of the sets of shingles; for texts of equal length about a cosine of 0.9
SHORTEST = 40  # letters; shorter texts are alike by chance
LETTERS = 2_000_000  # of texts taken apart at once
PAIRS = 5_000  # compared at once
SEED = 2027
NOBODY = -1


def near_identical(texts, alike=ALIKE, shortest=SHORTEST):
    """Number of the group each text belongs to, -1 for those like no other; groups are numbered by their first text.

    Texts are compared in lower case without punctuation and double spaces; missing and short ones belong to no group.
    """
    clean = cleaned(pd.Series(texts, dtype=object))
    long = np.flatnonzero(clean.str.len().to_numpy() >= max(shortest, SHINGLE))
    found = np.full(len(clean), NOBODY)
    if not len(long):
        return found
    code, distinct = pd.factorize(clean.iloc[long])
    group = groups_of_distinct(distinct, alike)[code]
    size = np.bincount(group)
    kept = long[size[group] > 1]
    found[kept] = pd.factorize(group[size[group] > 1])[0]
    return found


def cleaned(column):
    joined = "\0".join(column.fillna("").astype(str).str.replace("\0", " "))
    plain = unicodedata.normalize("NFKC", joined).lower()
    letters = pd.Series(plain.split("\0")[: len(column)], dtype="str")
    return letters.str.replace(r"[\W_]+", " ", regex=True).str.strip()


def groups_of_distinct(texts, alike):
    """Number of the group of each of several different texts."""
    if len(texts) < 2:
        return np.zeros(len(texts), dtype=int)
    texts = np.asarray(texts, dtype=object)
    first, second = pairs(signatures(texts))
    close = overlaps(texts, first, second) >= alike
    links = coo_array((np.ones(close.sum()), (first[close], second[close])), shape=(len(texts), len(texts)))
    return connected_components(links, directed=False)[1]


def shingles(texts):
    """Distinct runs of five letters as numbers, with the text each is in, in the order of the texts."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    run = np.zeros(len(letters) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        run = run * np.uint64(0x9E3779B97F4A7C15) + letters[place : place + len(run)]
    within = owner[: len(run)] == owner[SHINGLE - 1 :]
    owner, run = owner[: len(run)][within], scrambled(run[within])
    order = np.lexsort((run, owner))
    owner, run = owner[order], run[order]
    fresh = np.append(True, (owner[1:] != owner[:-1]) | (run[1:] != run[:-1]))
    return owner[fresh], run[fresh]


def scrambled(numbers):
    """The mixing steps of splitmix64, so that all bits depend on all."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def signatures(texts):
    """A number per band and text: equal where the smallest shingles under the band's permutations are (Broder 1997)."""
    chance = np.random.default_rng(SEED)
    factor = chance.integers(0, 2**31, (BANDS, DEPTH), dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    salt = chance.integers(0, 2**32, (BANDS, DEPTH), dtype=np.uint32)
    lengths = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))
    cuts = np.unique(np.append(np.searchsorted(lengths, np.arange(0, lengths[-1], LETTERS)), len(texts)))
    parts = [signed(texts[begin:end], factor, salt) for begin, end in pairwise(np.unique(np.append(0, cuts)).tolist())]
    return np.concatenate(parts, axis=1)


def signed(texts, factor, salt):
    owner, shingle = shingles(texts)
    half, start = (shingle >> np.uint64(32)).astype(np.uint32), np.searchsorted(owner, np.arange(len(texts)))
    found = np.zeros((BANDS, len(texts)), dtype=np.uint64)
    for band in range(BANDS):
        for factors, salted in zip(factor[band], salt[band], strict=True):
            mixed = (half ^ salted) * factors
            mixed ^= mixed >> np.uint32(15)
            least = np.minimum.reduceat(mixed * np.uint32(0x2C1B3C6D), start)
            found[band] = found[band] * np.uint64(0x9E3779B97F4A7C15) + least
    return found


def pairs(signature):
    """Each text with the first of its bucket, over all bands, every pair once."""
    size = signature.shape[1]
    firsts = [band_firsts(band) for band in signature]
    first, second = np.concatenate(firsts), np.tile(np.arange(size), len(firsts))
    key = np.unique((first * size + second)[first != second])
    return key // size, key % size


def band_firsts(band):
    _distinct, first, inverse = np.unique(band, return_index=True, return_inverse=True)
    return first[inverse]


def overlaps(texts, first, second):
    """Jaccard overlap of the shingles of pairs of texts."""
    ends = [slice(begin, begin + PAIRS) for begin in range(0, len(first), PAIRS)]
    parts = [overlap(texts, first[part], second[part]) for part in ends]
    return np.concatenate(parts) if parts else np.zeros(0)


def overlap(texts, first, second):
    used, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    owner, shingle = shingles(texts[used])
    code, number = pd.factorize(shingle)[0], np.bincount(owner)
    sets = csr_array((np.ones(len(code), dtype=np.int32), (owner, code)), shape=(len(used), int(code.max()) + 1))
    one, two = np.split(place, 2)
    shared = sets[one].multiply(sets[two]).sum(axis=1)
    return shared / (number[one] + number[two] - shared)
