"""Merit entitlements: terms, assessments, arrears. / Chế độ ưu đãi người có công."""
