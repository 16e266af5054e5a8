from ..permissions import RIGHTS
from .evidence import evidence
from .indicators import indicators

declarations: list = [*RIGHTS, *indicators, *evidence]
