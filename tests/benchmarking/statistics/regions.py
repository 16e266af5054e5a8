"""Small invented tables to compute with."""

import numpy as np
import pandas as pd


def metadata(indicators=6, pillars=2, negative=("i1",)):
    """Indicators in pillars in one index; weights 1, 2, 3 …"""
    codes = [f"i{place}" for place in range(indicators)]
    rows = [
        (1, code, -1 if code in negative else 1, 1.0 + place, f"p{place % pillars}") for place, code in enumerate(codes)
    ]
    rows += [(2, f"p{place}", 1, 1.0 + place, "Index") for place in range(pillars)] + [(3, "Index", 1, 1.0, "")]
    return pd.DataFrame(rows, columns=["Level", "iCode", "Direction", "Weight", "Parent"])


def figures(units=12, indicators=6, seed=5, gaps=0.0):
    random = np.random.default_rng(seed)
    values = random.lognormal(1, 0.8, (units, indicators))
    values[random.random(values.shape) < gaps] = np.nan
    return pd.DataFrame(
        values, index=[f"R{place}" for place in range(units)], columns=[f"i{place}" for place in range(indicators)]
    )
