"""Đọc bản quét / reading scans: preparing the image, recognising words, correcting them, telling kind and fields."""
