"""The web server's entrance; a production start on a demonstration database is refused here."""
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
application = get_wsgi_application()

from ansinh.office.installation import refuse_demonstration_in_production  # noqa: E402  (needs Django set up)

refuse_demonstration_in_production()
