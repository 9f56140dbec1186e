"""Dossiers: paper files become checked, searchable evidence. / Hồ sơ số hóa: bản quét thành chứng cứ đã đối chiếu."""
