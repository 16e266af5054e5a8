from ..permissions import RIGHTS
from .comments import COMMENTS
from .forum import FORUM
from .notices import NOTICES

declarations = [*RIGHTS, *COMMENTS, *FORUM, *NOTICES]
