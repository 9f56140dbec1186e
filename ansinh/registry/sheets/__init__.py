"""Spreadsheets in and out: safe reading of what offices send, and the same sheet back. / Đọc và trả bảng tính."""
