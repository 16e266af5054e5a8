from .initiatives import Initiative, Synergy
from .networks import Activity, Network, Seat
from .profiles import ClusterProfile
from .ties import Tie

__all__ = ["Activity", "ClusterProfile", "Initiative", "Network", "Seat", "Synergy", "Tie"]
