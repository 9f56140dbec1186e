"""Whether this database is a demonstration, and the refusal to serve one in production."""
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import clock
from .models import Account, Installation


def is_demonstration() -> bool:
    """Whether this database was made for demonstration."""
    return Installation.objects.is_demonstration()


def mark_demonstration():
    """Make this database a demonstration one."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})


def set_demonstration_clock(moment):
    """Let the clock stand at a moment from now on; only in a demonstration."""
    row = Installation.objects.get(pk=1, is_demonstration=True)
    row.set_clock(moment)
    row.save()
    clock.forget_shift()


def refuse_demonstration_in_production():
    """Stop a production start on a demonstration database or with demonstration accounts."""
    if settings.MODE != "production":
        return
    if is_demonstration() or Account.objects.filter(is_demonstration=True, is_active=True).exists():
        raise ImproperlyConfigured(
            "ANSINH_MODE=production on a demonstration database: point ANSINH_DATABASE_URL at a new database "
            "and run `ansinh doctor`."
        )
