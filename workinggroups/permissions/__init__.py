from .calls import CALLS
from .documents import DOCUMENTS
from .fields import FIELDS
from .groups import GROUPS
from .meetings import MEETINGS
from .requests import REQUESTS
from .reviews import REVIEWS
from .tasks import TASKS
from .wiki import WIKI

RIGHTS = [*GROUPS, *DOCUMENTS, *FIELDS, *REVIEWS, *MEETINGS, *TASKS, *WIKI, *REQUESTS, *CALLS]
