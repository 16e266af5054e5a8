from .. import counting
from . import readings
from .areas import areas
from .benchmarks import benchmarks
from .data import data
from .excellence import excellence
from .figures import figures
from .indicators import indicators
from .policies import policies
from .runs import runs
from .studies import studies
from .swots import swots

declarations: list = [
    *areas,
    *benchmarks,
    *data,
    *excellence,
    *figures,
    *indicators,
    *policies,
    *runs,
    *studies,
    *swots,
    *readings.declarations,
    *counting.RULES,
]
