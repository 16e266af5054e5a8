from itertools import combinations

import numpy as np
import pytest

from consultations.statistics.similarity import ALIKE, near_identical, overlaps, shingles

TEXT = "Clusters need long-term funding that does not end with every programming period, and simpler reporting."
OTHER = "Universities should be paid for the time their staff spends with small firms, not only for publications."
GREEK = "Οι συστάδες χρειάζονται μακροπρόθεσμη χρηματοδότηση που δεν τελειώνει με κάθε προγραμματική περίοδο."
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz "))


def random_texts(number, length=200, seed=3):
    drawn = np.random.default_rng(seed).integers(0, len(LETTERS), (number, length))
    return ["".join(row) for row in LETTERS[drawn]]


def jaccard(first, second):
    one, two = ({text[i : i + 5] for i in range(len(text) - 4)} for text in (first, second))
    return len(one & two) / len(one | two)


def test_texts_alike_but_for_a_word_are_a_group():
    changed = TEXT.replace("simpler", "fewer")
    assert near_identical([TEXT, OTHER, changed, GREEK, GREEK.upper() + "!", None]).tolist() == [0, -1, 0, 1, 1, -1]


def test_case_punctuation_and_spaces_do_not_count():
    assert near_identical([TEXT, "  " + TEXT.upper().replace(",", " ;  ")]).tolist() == [0, 0]


def test_short_texts_are_alike_by_chance():
    assert near_identical(["Yes.", "Yes.", "Yes."]).tolist() == [-1, -1, -1]
    assert near_identical(["Yes, please.", "Yes, please."], shortest=5).tolist() == [0, 0]


def test_shingles_do_not_reach_from_one_text_into_the_next():
    owner, shingle = shingles(["abcdef", "abcdef", "bcdefg"])
    assert owner.tolist() == [0, 0, 1, 1, 2, 2]
    assert len(np.unique(shingle)) == 3


def test_overlap_is_exact():
    texts = np.array([TEXT, TEXT.replace("simpler", "fewer"), OTHER], dtype=object)
    first, second = np.array(list(combinations(range(3), 2))).T
    expected = [jaccard(texts[i], texts[j]) for i, j in zip(first, second, strict=True)]
    assert overlaps(texts, first, second).round(12).tolist() == np.round(expected, 12).tolist()


def test_random_texts_form_no_groups():
    assert set(near_identical(random_texts(300))) == {-1}


@pytest.mark.parametrize("swapped", [1, 2, 3])
def test_edited_copies_are_found_as_far_as_they_overlap(swapped):
    chance = np.random.default_rng(swapped)
    originals = random_texts(40)
    copies = []
    for text in originals:
        letters = np.array(list(text))
        letters[chance.integers(0, len(letters), swapped)] = "#"
        copies.append("".join(letters).replace("#", "q"))
    group = near_identical(originals + copies)
    close = np.array([jaccard(*pair) >= ALIKE for pair in zip(originals, copies, strict=True)])
    found = (group[:40] >= 0) & (group[:40] == group[40:])
    assert found.tolist() == close.tolist()


def test_the_order_of_texts_does_not_matter():
    texts = [TEXT, OTHER, *random_texts(30), TEXT.replace("simpler", "fewer"), OTHER.replace("paid", "funded")]
    order = np.random.default_rng(1).permutation(len(texts))
    straight, turned = near_identical(texts), near_identical([texts[place] for place in order])
    back = np.empty_like(turned)
    back[order] = turned
    assert ((straight[:, None] == straight) & (straight >= 0)).tolist() == (
        (back[:, None] == back) & (back >= 0)
    ).tolist()


def test_many_copies_are_one_group():
    assert set(near_identical([TEXT] * 2000)) == {0}
    assert near_identical([]).tolist() == []
