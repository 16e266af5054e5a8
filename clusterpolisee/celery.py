"""The Celery application. Tasks wake the platform; what is due lives in the database (see platform_core/materials/jobs)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterpolisee.settings")

app = Celery("clusterpolisee")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
