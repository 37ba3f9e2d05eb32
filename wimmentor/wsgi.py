import atexit
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wimmentor.settings")

application = get_wsgi_application()

if settings.EMBEDDED_WORKER:
    # After setup: the models that it imports need the app registry.
    from programmes.jobs.embedded import start_embedded_worker

    atexit.register(start_embedded_worker().stop)
