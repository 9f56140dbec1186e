"""The ledger, pay lists, channels and reconciliation. / Sổ chi, danh sách chi trả, kênh chi, đối chiếu."""
