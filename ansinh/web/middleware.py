"""What every answer passes: no copies of signed-in pages on shared machines, refusals as pages."""
from django.shortcuts import render

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
    """A refusal that no form has shown becomes a page with the sentence and its basis."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refusal):
            return render(request, "web/refused.html", {"refusal": exception}, status=exception.status)
        return None
