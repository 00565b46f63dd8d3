"""The product's settings for a drill: a quick password hash, and one planted defect if asked for.

Everything that a drill is about (database, transactions, keys, delivery) is as in the product.
"""

from __future__ import annotations

import os

from shuniu.config.settings import *  # noqa: F403  # the product's settings, two of them changed
from shuniu.config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

PASSWORD_HASHERS = ["tests.drills.planted.QuickHasher"]

IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFECT = os.environ.get("DRILL_DEFECT", "")
if DEFECT == "NoKeys" or (DEFECT == "SignsWithoutLook" and IS_SQLITE):
    MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith("IdempotencyMiddleware")]
if DEFECT and DEFECT != "NoKeys":
    INSTALLED_APPS = [*INSTALLED_APPS, f"tests.drills.planted.{DEFECT}"]
if DEFECT == "SignsWithoutLook" and IS_SQLITE:
    # The key of the form is written first, which on SQLite lets one request work at a time.
    DATABASES["default"]["OPTIONS"]["transaction_mode"] = "DEFERRED"
