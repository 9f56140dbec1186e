"""Names of files as they are shown; a name is never used as a path."""
import unicodedata
from pathlib import PurePosixPath

LONGEST = 255
UNNAMED = "tệp không tên"
# Controls, and marks that turn the direction of writing so that "gpj.exe" reads as "exe.jpg".
UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def shown_name(name: str) -> str:
    """The last part of a name without what cannot be seen; cut in the middle where it is too long, the ending kept."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(" " if letter.isspace() else letter for letter in last if letter.isspace() or unicodedata.category(letter) not in UNSHOWN)
    plain = " ".join(unicodedata.normalize("NFC", plain).split())
    if plain.strip(".") == "":
        return UNNAMED
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 21]}…{plain[-20:]}"


def ending_of(name: str) -> str:
    """The ending in small letters without its dot: what the name claims that the file is."""
    return PurePosixPath(shown_name(name)).suffix.lower().lstrip(".")


def leads_out(name: str) -> bool:
    """Whether a name in an archive would, taken as a path, lead out of the folder where it is unpacked."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":"
