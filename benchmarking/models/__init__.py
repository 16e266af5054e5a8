from .areas import Area, AreaCode
from .benchmarks import Benchmark, BenchmarkArea, BenchmarkNode, BudgetShare, Diagnosis
from .clusters import ClusterMap, ClusterRegion, ClusterRow, ClusterSector
from .data import DataImport, DataSet, DataVersion, Observation, VersionIndicator
from .excellence import GroupFigures, Label, LabelRule, SelfAssessment, SelfScore
from .indicators import Indicator
from .peers import PeerRow, PeerStudy, PeerVariable
from .policies import Measure, PolicyScore, Scorecard
from .readings import RunReport
from .runs import Run, RunApproval, RunArea, RunFigure, RunNode, RunResult
from .sources import BenchmarkSource, RunSource
from .studies import Study
from .swots import Swot, SwotEntry, SwotEvidence

__all__ = [
    "Area",
    "AreaCode",
    "Benchmark",
    "BenchmarkArea",
    "BenchmarkNode",
    "BenchmarkSource",
    "BudgetShare",
    "ClusterMap",
    "ClusterRegion",
    "ClusterRow",
    "ClusterSector",
    "DataImport",
    "DataSet",
    "DataVersion",
    "Diagnosis",
    "GroupFigures",
    "Indicator",
    "Label",
    "LabelRule",
    "Measure",
    "Observation",
    "PeerRow",
    "PeerStudy",
    "PeerVariable",
    "PolicyScore",
    "Run",
    "RunApproval",
    "RunArea",
    "RunFigure",
    "RunNode",
    "RunReport",
    "RunResult",
    "RunSource",
    "Scorecard",
    "SelfAssessment",
    "SelfScore",
    "Study",
    "Swot",
    "SwotEntry",
    "SwotEvidence",
    "VersionIndicator",
]
