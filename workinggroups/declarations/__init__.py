from ..permissions import RIGHTS
from .documents import DOCUMENTS
from .groups import GROUPS
from .reviews import REVIEWS

declarations = [*RIGHTS, *GROUPS, *DOCUMENTS, *REVIEWS]
