from .. import counting
from .answers import answers
from .coding import coding
from .consultations import consultations
from .drafting import drafting
from .exchange import exchange
from .findings import findings
from .participation import participation
from .texts import texts

declarations = [
    *consultations,
    *answers,
    *coding,
    *drafting,
    *exchange,
    *findings,
    *participation,
    *texts,
    *counting.RULES,
]
