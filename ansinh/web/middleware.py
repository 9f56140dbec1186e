"""What every answer passes: no copies of signed-in pages on shared machines, refusals as pages, typed words kept."""
from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from . import errors
from .refusal import Refusal


class NoStoreMiddleware:
    """Pages of a signed-in account are not kept by the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) and request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response


class RefusalMiddleware:
    """A refusal that no form has shown becomes a page with the sentence and its basis; a body too big becomes 413."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, RequestDataTooBig):
            return errors.too_large(request)
        if isinstance(exception, Refusal):
            words = {"refusal": exception, "back": _back(request)}
            return render(request, "web/refused.html", words, status=exception.status)
        return None


def _back(request):
    """The page that the reader came from, when it is one of ours."""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours else "/"
