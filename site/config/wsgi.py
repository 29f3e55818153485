"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from feedback import warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
# Here, and not when the apps are ready: commands and tests do not serve, and gunicorn loads this after its fork.
warming.start()
