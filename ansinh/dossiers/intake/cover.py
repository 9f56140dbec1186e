"""What the QR codes of cover sheets and separators say. / Tờ bìa lô, tờ ngăn."""
import zlib
from urllib.parse import quote, unquote

SEPARATOR = "AS1:S"
COVER = "AS1:D:"


def cover_payload(code: str) -> str:
    """What the QR code of a dossier's cover sheet says: the code in plain letters with a check of four digits."""
    plain = quote(code, safe="")
    return f"{COVER}{plain}:{_check(plain)}"


def dossier_code(payload: str) -> str | None:
    """The dossier that a cover sheet names; ``None`` for any other code."""
    plain, _colon, check = payload.removeprefix(COVER).rpartition(":")
    if not payload.startswith(COVER) or not plain or check != _check(plain):
        return None
    return unquote(plain)


def is_ours(payload: str) -> bool:
    """Whether a code was printed by An Sinh and read without a fault."""
    return payload == SEPARATOR or dossier_code(payload) is not None


def _check(plain):
    return f"{zlib.crc32(plain.encode()) & 0xFFFF:04X}"
