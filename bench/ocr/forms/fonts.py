"""Which fonts each set is drawn with. No two sets share a typeface, also not under another name."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path("/usr/share/fonts")
# Debian packages, each with a file of it that is drawn with.
PACKAGES = {
    "fonts-croscore": "truetype/croscore/Tinos-Regular.ttf",
    "fonts-dejavu-core": "truetype/dejavu/DejaVuSansMono.ttf",
    "fonts-noto-core": "truetype/noto/NotoSerif-Regular.ttf",
    "fonts-noto-mono": "truetype/noto/NotoSansMono-Regular.ttf",
    "fonts-freefont-ttf": "truetype/freefont/FreeSerif.ttf",
    "fonts-linuxlibertine": "opentype/linux-libertine/LinLibertine_R.otf",
    "fonts-sil-charis": "truetype/charis/CharisSIL-Regular.ttf",
    "fonts-sil-gentium": "truetype/gentium/Gentium-R.ttf",
    "fonts-sil-andika": "truetype/andika/Andika-Italic.ttf",
    "fonts-lmodern": "../texmf/fonts/opentype/public/lm/lmmono10-regular.otf",
    "fonts-jetbrains-mono": "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
    "fonts-texgyre": "../texmf/fonts/opentype/public/tex-gyre/texgyreschola-regular.otf",
    "fonts-ebgaramond": "opentype/ebgaramond/EBGaramond12-Regular.otf",
}


@dataclass(frozen=True)
class Face:
    """Files of a typeface: regular, bold, italic; a typewriter has one for all three. ``scale`` evens out the sizes."""

    name: str
    regular: str
    bold: str
    italic: str
    scale: float = 1.0

    @property
    def plain(self) -> bool:
        return self.regular == self.bold == self.italic


def _typewriter(name, file, scale=1.0):
    return Face(name, file, file, file, scale)


TYPED = {
    "development": [
        _typewriter("Cousine", "truetype/croscore/Cousine-Regular.ttf"),
        _typewriter("DejaVu Sans Mono", "truetype/dejavu/DejaVuSansMono.ttf"),
    ],
    "unseen": [
        _typewriter("FreeMono", "truetype/freefont/FreeMono.ttf"),
        _typewriter("FreeMono Bold", "truetype/freefont/FreeMonoBold.ttf"),
        _typewriter("Noto Sans Mono", "truetype/noto/NotoSansMono-Regular.ttf"),
    ],
    "fresh": [
        _typewriter("Latin Modern Mono", "../texmf/fonts/opentype/public/lm/lmmono10-regular.otf", 1.1),
        _typewriter("Latin Modern Mono Light Bold", "../texmf/fonts/opentype/public/lm/lmmonolt10-bold.otf", 1.1),
        _typewriter("JetBrains Mono", "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf"),
    ],
}
PRINTED = {
    "development": [
        Face("Tinos", *(f"truetype/croscore/Tinos-{style}.ttf" for style in ("Regular", "Bold", "Italic"))),
        Face("Noto Serif", *(f"truetype/noto/NotoSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic")), 0.9),
    ],
    "unseen": [
        Face("FreeSerif", *(f"truetype/freefont/FreeSerif{style}.ttf" for style in ("", "Bold", "Italic"))),
        Face("Linux Libertine", *(f"opentype/linux-libertine/LinLibertine_{style}.otf" for style in ("R", "RB", "RI"))),
        Face("Charis SIL", *(f"truetype/charis/CharisSIL-{style}.ttf" for style in ("Regular", "Bold", "Italic")), 0.9),
        Face("Gentium", "truetype/gentium/Gentium-R.ttf", "truetype/gentium/Gentium-R.ttf", "truetype/gentium/Gentium-I.ttf"),
    ],
    "fresh": [
        Face("TeX Gyre Schola", *(f"../texmf/fonts/opentype/public/tex-gyre/texgyreschola-{style}.otf" for style in ("regular", "bold", "italic")), 0.95),
        Face("TeX Gyre Bonum", *(f"../texmf/fonts/opentype/public/tex-gyre/texgyrebonum-{style}.otf" for style in ("regular", "bold", "italic")), 0.92),
        Face("EB Garamond", *(f"opentype/ebgaramond/EBGaramond12-{style}.otf" for style in ("Regular", "Bold", "Italic")), 1.08),
    ],
}
HAND = {
    "development": "truetype/noto/NotoSerifDisplay-Italic.ttf", "unseen": "truetype/andika/Andika-Italic.ttf",
    "fresh": "../texmf/fonts/opentype/public/tex-gyre/texgyrechorus-mediumitalic.otf",
}  # fmt: skip


def missing_packages() -> list[str]:
    """Debian packages to install before papers can be drawn."""
    return [package for package, file in PACKAGES.items() if not (FOLDER / file).exists()]


@cache
def load(file: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / file, pixels)
