from .mechanisms import Mechanism, MechanismVersion

__all__ = [
    "Mechanism",
    "MechanismVersion",
]
