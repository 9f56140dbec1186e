"""Figures for leaders: front page and brief. / Số liệu cho lãnh đạo."""
