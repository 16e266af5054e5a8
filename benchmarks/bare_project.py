"""Writes a bare Django project with the product's third-party parts: what `django-admin startproject` and their
instructions would give. Its only view says hello; it is served by waitress from one command, as the product is."""

from pathlib import Path

SETTINGS = """
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "throw-away"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bare.urls"
INSTALLED_APPS = {apps}
MIDDLEWARE = {middleware}
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [BASE_DIR / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {{"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]}},
}}]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "bare.sqlite3"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
USE_TZ = True
LANGUAGES = [("en", "English"), ("el", "Greek")]
SITE_ID = 1
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
WAGTAIL_SITE_NAME = "bare"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
"""
URLS = """
from django.shortcuts import render
from django.urls import include, path
from ninja import NinjaAPI
from wagtail.admin import urls as wagtail_admin

def hello(request):
    return render(request, "hello.html", {"name": "world"})

urlpatterns = [
    path("en/", hello),
    path("api/", NinjaAPI().urls),
    path("cms/", include(wagtail_admin)),
    path("account/", include("allauth.urls")),
]
"""
SERVE = """
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand
from waitress import create_server

class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--port", type=int)

    def handle(self, *args, port, **options):
        create_server(WSGIHandler(), host="127.0.0.1", port=port, threads=8).run()
"""
MANAGE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "bare.settings"
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""
OWN = ("platform_core.", "clusterpolisee.")


def write(folder: Path, apps: list[str], middleware: list[str], own_apps: set[str]) -> None:
    """`apps` and `middleware` are the product's; its own are left out."""
    others = [name for name in apps if name not in own_apps and not name.startswith(OWN)]
    between = [name for name in middleware if not name.startswith(OWN)]
    files = {
        "manage.py": MANAGE,
        "bare/__init__.py": "",
        "bare/settings.py": SETTINGS.format(apps=["bare", *others], middleware=between),
        "bare/urls.py": URLS,
        "bare/management/__init__.py": "",
        "bare/management/commands/__init__.py": "",
        "bare/management/commands/serve.py": SERVE,
        "templates/hello.html": "<!doctype html><title>hello</title><p>hello {{ name }}",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "static").mkdir()
