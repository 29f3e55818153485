"""The ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

from feedback import warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()
# Here, and not when the apps are ready: commands and tests do not serve, and gunicorn loads this after its fork.
warming.start()
