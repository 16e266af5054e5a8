from .changes import PolicyChange
from .conditions import Condition, ConditionAnswer, ConditionSheet
from .transfers import Judgement, Transfer

__all__ = ["Condition", "ConditionAnswer", "ConditionSheet", "Judgement", "PolicyChange", "Transfer"]
