from ..permissions import RIGHTS
from .comments import COMMENTS
from .documents import DOCUMENTS
from .groups import GROUPS
from .reviews import REVIEWS

declarations = [*RIGHTS, *GROUPS, *DOCUMENTS, *COMMENTS, *REVIEWS]
