"""What the public page says of a letter to whoever holds its code. / Kiểm tra văn bản."""
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.web.composed import Checked

from ..models import Letter
from ..queries import fallen


def checked_letter(code: str) -> Checked | None:
    """Văn bản mang mã này: number, day, issuer and digest, and whether it was voided; nothing of whom it is about."""
    letter = Letter.objects.select_related("file", "voided_in").filter(code=code).first()
    if letter is None:
        return None
    words = _("Có văn bản số %(symbol)s") % {"symbol": letter}
    # Of letters issued together nobody but the office holds the whole file.
    alone = letter.page == 1 and letter.kind != "slip"
    facts = (letter.signed_on, letter.values["cơ quan"], letter.file.sha256 if alone else "")
    if letter.voided_in is None and (lost := fallen([letter])):
        return Checked(words, lost[letter.pk], *facts, is_void=True)
    if letter.voided_in is None:
        return Checked(words, _("Văn bản này vẫn còn giá trị trong sổ văn bản đi."), *facts)
    day = letter.voided_in.at.astimezone(clock.ZONE)
    return Checked(words, _("Văn bản này đã bị hủy ngày %(day)s, không còn giá trị.") % {"day": f"{day:%d/%m/%Y}"}, *facts, is_void=True)
