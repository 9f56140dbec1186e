"""The switchboard: settings, addresses and the pages that show several modules. / Tổng đài: cấu hình và các trang ghép."""
