"""What the public page says of an extract to whoever holds its code. / Kiểm tra trích lục."""
from django.utils.translation import gettext as _

from ansinh.office.departments import department
from ansinh.web.composed import Checked

from ..models import Extract


def checked_extract(code: str) -> Checked | None:
    """Trích lục mang mã này: number, day, issuer and digest; nothing of whom it is about."""
    made = Extract.objects.select_related("file", "made_in").filter(code=code).first()
    if made is None:
        return None
    words, note = _("Có trích lục số %(number)s/TLHS") % {"number": made}, _("Trích lục này vẫn có trong sổ cấp trích lục.")
    return Checked(words, note, made.given_on, department(made.given_on), made.file.sha256)
