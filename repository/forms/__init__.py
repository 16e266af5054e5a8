from .adoptions import AdoptForm, AdoptionFilter, initial_adoption
from .collections import CollectionForm
from .records import RecordForm, ReviseForm, WithdrawForm, initial_of

__all__ = [
    "AdoptForm",
    "AdoptionFilter",
    "CollectionForm",
    "RecordForm",
    "ReviseForm",
    "WithdrawForm",
    "initial_adoption",
    "initial_of",
]
