from celery import shared_task

from . import services


@shared_task(name="audit.dispatch", ignore_result=True)
def dispatch() -> None:
    services.dispatch_events()
