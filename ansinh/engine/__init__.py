"""Calculation on frames and Vietnamese text; knows tables and law, not the web. / Tính toán: bảng vào, bảng ra."""
