"""Weights with which all elements of a group have the same correlation with what they make up.

Equal weights do not mean equal influence: elements that move together decide more (Paruolo, Saisana and Saltelli 2013; Becker
et al. 2017).
"""

import numpy as np
from scipy import optimize

from .aggregation import node_scores


def balanced(children, method):
    """Weights with sum 1; where no weights balance the group fully, those that come nearest without being negative."""
    values = children.dropna()
    if children.shape[1] == 1 or len(values) < 3:
        return np.full(children.shape[1], 1 / children.shape[1])
    start = closed_form(values.to_numpy(float))
    if method.name == "amean" and (start >= 0).all():
        return start
    return nearest(values, method, np.clip(start, 0.01, None))


def closed_form(values):
    """Of Σ w x: all correlations are equal when the weights solve C w = s (covariances, standard deviations)."""
    covariance = np.atleast_2d(np.cov(values, rowvar=False))
    weights = np.linalg.lstsq(covariance, np.sqrt(np.diag(covariance)), rcond=None)[0]
    return weights / weights.sum() if weights.sum() > 0 else np.full(len(weights), 1 / len(weights))


def nearest(values, method, start):
    def unequal(weights):
        found = correlations(values, node_scores("", values, weights, method).to_numpy())
        return float(((found - found.mean()) ** 2).sum())

    count = values.shape[1]
    sums_to_one = {"type": "eq", "fun": lambda weights: weights.sum() - 1}
    found = optimize.minimize(
        unequal, start / start.sum(), method="SLSQP", bounds=[(0.001, 1)] * count, constraints=sums_to_one, tol=1e-12
    )
    return found.x / found.x.sum()


def correlations(values, score):
    """Of every column with a score; 0 for constant ones."""
    away, turned = values.to_numpy(float) - values.to_numpy(float).mean(axis=0), score - score.mean()
    spread = np.sqrt((away**2).sum(axis=0) * (turned**2).sum())
    return np.divide(away.T @ turned, spread, out=np.zeros(values.shape[1]), where=spread > 0)
