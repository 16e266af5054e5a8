from celery import shared_task

from . import runner, services


@shared_task(name="jobs.run", ignore_result=True, acks_late=True)
def run(pk: str) -> None:
    runner.run(pk)


@shared_task(name="jobs.tick", ignore_result=True)
def tick() -> None:
    services.tick()
