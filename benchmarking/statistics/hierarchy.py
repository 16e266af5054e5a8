"""The tree of a composite indicator: indicators below, one index on top, any number of levels between."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .problems import StatisticsError
from .structure import checked


@dataclass(frozen=True)
class Hierarchy:
    """`table`: a row per node under its iCode, indicators first (as in the metadata), then aggregates by level and code.

    Its columns are Level, Parent (empty for the index), Direction, Weight, iName and whatever else the metadata says of it.
    """

    table: pd.DataFrame

    @classmethod
    def read(cls, metadata):
        """From rows with the columns iCode and Parent, and where given Level, Direction, Weight, Type, Denominator …"""
        return cls(checked(metadata))

    @cached_property
    def codes(self):
        return list(self.table.index)

    @cached_property
    def indicators(self):
        return list(self.table.index[self.table["Level"] == 1])

    @cached_property
    def aggregates(self):
        """From the lowest level up: whatever a node is made of comes before it."""
        return list(self.table.index[self.table["Level"] > 1])

    @cached_property
    def root(self):
        return self.codes[-1]

    @cached_property
    def depth(self):
        return int(self.table["Level"].max())

    @cached_property
    def children(self):
        """Codes of the children of every aggregate, in the order of `codes`."""
        found: dict[str, list[str]] = {code: [] for code in self.aggregates}
        for code, parent in zip(self.codes, self.table["Parent"], strict=True):
            if parent:
                found[parent].append(code)
        return found

    @cached_property
    def leaves(self):
        """Codes of the indicators below every aggregate, in the order of `codes`."""
        position = {code: index for index, code in enumerate(self.codes)}
        below = {code: [code] for code in self.indicators}
        for code in self.aggregates:
            below[code] = sorted(
                (leaf for child in self.children[code] for leaf in below[child]), key=position.__getitem__
            )
        return {code: below[code] for code in self.aggregates}

    @cached_property
    def directions(self):
        return self.table.loc[self.indicators, "Direction"].to_numpy(float)

    @cached_property
    def weights(self):
        """The weights the metadata gives, by code."""
        return self.table["Weight"].astype(float)

    def column(self, name):
        """Numbers the metadata says of the indicators, NaN where it says nothing."""
        if name not in self.table:
            return pd.Series(np.nan, index=self.indicators)
        told = self.table.loc[self.indicators, name]
        found = pd.to_numeric(told, errors="coerce").astype(float)
        wrong = found.isna() & told.notna()
        if wrong.any():
            row = wrong.idxmax()
            raise StatisticsError("no_number", table="metadata", row=row, column=name, value=told[row])
        return found

    def effective(self, weights):
        """Weight of every node in the index: its share among its siblings times that of its parent."""
        share = pd.Series(1.0, index=self.codes)
        for parent in reversed(self.aggregates):
            children = self.children[parent]
            share[children] = share[parent] * weights[children] / (weights[children].sum() or 1)
        return share

    def without(self, codes):
        """The tree without these nodes, without what stands below them and without aggregates that are left empty."""
        gone = set(codes)
        for code in reversed(self.codes):
            if self.table.at[code, "Parent"] in gone:
                gone.add(code)
        for code in self.aggregates:
            if gone.issuperset(self.children[code]):
                gone.add(code)
        if self.root in gone:
            raise StatisticsError(
                "nothing_left", table="metadata", value=", ".join(sorted(gone & set(self.indicators)))
            )
        return Hierarchy(self.table.loc[[code not in gone for code in self.codes]])
