"""Who the structural peers of an area are, read from the newest published study of peers."""

from collections.abc import Sequence

from ..models import PeerStudy
from . import peers, studies


def study_read(user) -> PeerStudy | None:
    return studies.newest(PeerStudy, user)


def peers_of(user, code: str) -> Sequence[str] | None:
    """Codes of its peers, the nearest first; None where no study of peers is published that tells of it."""
    study = study_read(user)
    row = peers.row_if_any(study, code) if study else None
    if study is None or row is None:
        return None
    nearest = row.peers["lists"][study.distance]["all" if study.own_country else "abroad"]
    return nearest[: study.number]
