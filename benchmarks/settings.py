"""The product's settings for measuring: the floors beside its own addresses, no rate limits, caches only when asked."""

import os

from clusterpolisee.settings import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
ACCOUNT_RATE_LIMITS: dict = {}
if os.environ.get("BENCH_CACHED") != "1":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
