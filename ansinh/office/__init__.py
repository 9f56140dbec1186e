"""The department itself: staff, rights, journal, tasks, files, jobs. / Cơ quan: cán bộ, quyền, nhật ký, việc phải làm."""
