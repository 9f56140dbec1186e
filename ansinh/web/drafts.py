"""What was typed when the session ended: kept on the server until the same page is opened after signing in again."""
from datetime import timedelta

from django.core import signing

KEY = "typed_before_signing_in"
LARGEST = 20_000
KEPT_FOR = timedelta(minutes=30)
SECRET_WORDS = ("csrfmiddlewaretoken", "password", "code", "confirmed")


def keep(request):
    """Keep a form that came after the session's end; files and secrets are not kept."""
    if request.method != "POST":
        return
    typed = {name: value for name, value in request.POST.items() if name not in SECRET_WORDS}
    if sum(map(len, typed.values())) <= LARGEST:
        request.session[KEY] = {"path": request.path, "typed": signing.dumps(typed)}


def take(request) -> dict:
    """What was typed on this page before signing in again, once; nothing after half an hour."""
    draft = request.session.get(KEY)
    if not draft or draft["path"] != request.path:
        return {}
    del request.session[KEY]
    try:
        return signing.loads(draft["typed"], max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
