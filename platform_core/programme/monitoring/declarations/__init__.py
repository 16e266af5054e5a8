from ..permissions import RIGHTS
from .evidence import evidence
from .handing_in import handing_in
from .indicators import indicators
from .partners import partners
from .reports import reports

declarations: list = [*RIGHTS, *indicators, *evidence, *handing_in, *partners, *reports]
