"""The import road: stage, check, preview, apply, receipt, undo; it knows no kind. / Đường nạp bảng tính."""
