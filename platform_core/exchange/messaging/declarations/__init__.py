from .conversations import CONVERSATIONS
from .notices import NOTICES

declarations = [*NOTICES, *CONVERSATIONS]
