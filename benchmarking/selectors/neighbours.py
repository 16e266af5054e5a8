"""Who the structural peers of an area are, read from the newest published study of peers."""

from collections import Counter
from collections.abc import Sequence

from platform_core.ground.vocabulary import selectors as vocabulary

from ..models import PeerStudy
from . import peers, studies


def study_read(user) -> PeerStudy | None:
    return studies.newest(PeerStudy, user)


def peers_of(user, code: str) -> Sequence[str] | None:
    """Codes of its peers, the nearest first; None where no study of peers is published that tells of it."""
    study = study_read(user)
    if study is None:
        return None
    if code in vocabulary.country_labels():
        return countries_like(study, code)
    row = peers.row_if_any(study, code)
    if row is None:
        return None
    nearest = row.peers["lists"][study.distance]["all" if study.own_country else "abroad"]
    return nearest[: study.number]


def distances_from(user, code: str) -> dict[str, float]:
    """Structural distance of every area from one, by the newest published study of peers; none where it tells of neither."""
    study = study_read(user)
    row = peers.row_if_any(study, code) if study else None
    if study is None or row is None:
        return {}
    cells = row.peers["cells"].items()
    return {other: cell[study.distance] for other, cell in cells if cell.get(study.distance) is not None}


def countries_like(study: PeerStudy, country: str) -> list[str] | None:
    """By how often their regions are among the nearest abroad of the regions of this country; None where it has none."""
    rows = list(study.rows.filter(area__country=country).values_list("peers", flat=True))
    if not rows:
        return None
    near = Counter(code[:2] for told in rows for code in told["lists"][study.distance]["abroad"][: study.number])
    return sorted(near, key=lambda code: (-near[code], code))[: study.number]
