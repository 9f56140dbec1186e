"""A small typed page in Vietnamese, drawn for the tests."""
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"
LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "QUYẾT ĐỊNH",
    "Về việc trợ cấp thương tật",
    "Họ và tên: Dương Thị Lan",
    "Quê quán: xã Phượng Tiến, huyện Định Hóa",
    "Tỷ lệ thương tật: 41 % (bốn mươi mốt phần trăm)",
    "Được hưởng trợ cấp từ tháng 5 năm 1975.",
)


def page(*, skew=0.0, leaders=False, width=1654, height=1169) -> Image.Image:
    """The page at 200 dpi, turned by so many degrees (its lines fall to the right where above 0)."""
    image = Image.new("RGB", (width, height), (246, 240, 225))
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 36)
    for number, line in enumerate(LINES):
        top = 120 + number * 90
        pen.text((150, top), line, (40, 40, 60), font)
        end = 170 + round(pen.textlength(line, font))
        if leaders:
            [pen.ellipse((x, top + 36, x + 3, top + 39), (40, 40, 60)) for x in range(end, 1500, 9)]
    return image.rotate(-skew, Image.Resampling.BICUBIC, fillcolor=(246, 240, 225))


def pixels(image: Image.Image) -> np.ndarray:
    """As OpenCV holds it."""
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
