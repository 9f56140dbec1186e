"""The kit that every screen is made of. / Bộ phận giao diện dùng chung."""
