from .initiatives import Initiative, Synergy
from .networks import Activity, Network, Seat
from .profiles import ClusterProfile, Inquiry
from .ties import Tie

__all__ = ["Activity", "ClusterProfile", "Initiative", "Inquiry", "Network", "Seat", "Synergy", "Tie"]
