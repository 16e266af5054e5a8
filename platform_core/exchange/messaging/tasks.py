from celery import shared_task

from . import services


@shared_task(name="messaging.send", ignore_result=True)
def send() -> None:
    services.send_waiting()
