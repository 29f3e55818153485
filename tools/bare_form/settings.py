"""What `make run` starts, with the bare form mounted beside it."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import HEARD_PUBLIC_VIEWS, INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "tools.bare_form"]
HEARD_PUBLIC_VIEWS = [*HEARD_PUBLIC_VIEWS, "bare"]
ROOT_URLCONF = "tools.bare_form.urls"
HEARD_ADDRESSES = "tools.bare_form.urls.ADDRESSES"
TEMPLATES[0]["DIRS"].append(str(__file__).replace("settings.py", "templates"))  # type: ignore[attr-defined]
