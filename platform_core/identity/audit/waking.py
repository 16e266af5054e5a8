import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake(task: str, *arguments) -> None:
    """Ask a worker to look now. When the broker is away nothing is lost: the tick finds what is due in the database."""
    try:
        current_app.send_task(task, args=arguments, retry=False)
    except OperationalError as error:
        logger.warning("The broker is away, %s waits for the tick: %s", task, error)
