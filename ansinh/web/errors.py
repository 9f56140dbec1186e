"""Error pages: what was kept, what did not happen, what to do, and a number to read out."""
import logging
import secrets

from django.shortcuts import render

logger = logging.getLogger("ansinh.web")
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def reference() -> str:
    """A short number that leads from the page to the line in the log."""
    return "L-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def not_found(request, exception=None):
    return render(request, "web/404.html", status=404)


def bad_request(request, exception=None):
    return render(request, "web/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "web/403.html", status=403)


def server_error(request):
    number = reference()
    logger.error("server error %s at %s", number, request.resolver_match.view_name if request.resolver_match else "-")
    return render(request, "web/500.html", {"reference": number}, status=500)


def csrf_failure(request, reason=""):
    return render(request, "web/csrf.html", status=403)
