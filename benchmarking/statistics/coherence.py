"""Whether the parts of a composite belong together: looked at before its robustness, and before anybody reads a ranking."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

REDUNDANT, FOREIGN = 0.92, 0.3  # thresholds of the JRC's Competence Centre on Composite Indicators


@dataclass(frozen=True)
class Coherence:
    """`correlations`: of every pair of nodes (Pearson). `alpha`: Cronbach's, by aggregate, NaN with one child.

    `nodes`: a row per node: effective weight, correlation with its parent and with the index, and `influence`, the part of
    the squared correlations of its siblings with their parent that is its own. `redundant`: pairs of siblings.
    """

    correlations: pd.DataFrame
    alpha: pd.Series
    nodes: pd.DataFrame
    redundant: list[tuple[str, str, float]]


def examine(scores, tree, weights):
    found = correlations(scores)
    alpha = {node: cronbach(scores[children]) for node, children in tree.children.items()}
    return Coherence(found, pd.Series(alpha, dtype=float), parts(found, tree, weights), redundant(found, tree))


def correlations(scores):
    """Of columns, by the units both have; NaN where one of them is constant."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return scores.corr()


def cronbach(children):
    """k/(k−1) · (1 − Σ var_i / var of the sum), of units without gaps (Cronbach 1951)."""
    whole, count = children.dropna(), children.shape[1]
    if count < 2 or len(whole) < 2:
        return np.nan
    total = whole.sum(axis=1).var()
    return count / (count - 1) * (1 - whole.var().sum() / total) if total > 0 else np.nan


def parts(found, tree, weights):
    told = pd.DataFrame({"EffWeight": tree.effective(weights)})
    parents = tree.table["Parent"]
    told["with_parent"] = [found.at[code, parent] if parent else np.nan for code, parent in parents.items()]
    told["with_index"] = found[tree.root]
    squares = told["with_parent"] ** 2
    told["influence"] = squares / squares.groupby(parents).transform("sum")
    return told


def redundant(found, tree):
    """Siblings that say nearly the same."""
    pairs = []
    for children in tree.children.values():
        block = found.loc[children, children].to_numpy()
        first, second = np.nonzero(np.triu(block >= REDUNDANT, 1))
        pairs += [(children[a], children[b], float(block[a, b])) for a, b in zip(first, second, strict=True)]
    return pairs
