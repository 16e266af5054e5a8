from .. import counting
from ..permissions import RIGHTS
from .calls import CALLS
from .comments import COMMENTS
from .documents import DOCUMENTS
from .expressions import EXPRESSIONS
from .fields import FIELDS
from .following import FOLLOWING
from .forum import FORUM
from .groups import GROUPS
from .home import HOME
from .made_files import MADE_FILES
from .meetings import MEETINGS
from .minutes import MINUTES
from .plan import PLAN
from .requests import REQUESTS
from .reviews import REVIEWS
from .series import SERIES
from .setups import SETUPS
from .tasks import TASKS
from .wiki import WIKI

declarations = [
    *RIGHTS,
    *HOME,
    *GROUPS,
    *DOCUMENTS,
    *FIELDS,
    *COMMENTS,
    *REVIEWS,
    *MADE_FILES,
    *MEETINGS,
    *SERIES,
    *MINUTES,
    *TASKS,
    *PLAN,
    *WIKI,
    *FORUM,
    *FOLLOWING,
    *REQUESTS,
    *CALLS,
    *EXPRESSIONS,
    *SETUPS,
    *counting.RULES,
]
