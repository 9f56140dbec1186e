"""Addresses of the payments' pages."""
from django.urls import path

from . import desks
from .pages import claims, deciding, findings, month, one_list, recovering, recovery, recovery_case, returns, slips, whereabouts, why

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("chi-tra/", month.lists_page, name="payments.lists"),
    path("chi-tra/phieu/", slips.slips_page, name="payments.slips"),
    path("chi-tra/nguoi/", month.people_page, name="payments.people"),
    path("chi-tra/duyet/", deciding.approve, name="payments.approve"),
    path("chi-tra/soat-lai/", deciding.sweep, name="payments.sweep"),
    path("chi-tra/soat/", findings.findings_page, name="payments.findings"),
    path("chi-tra/soat/<int:pk>/dong/", findings.close, name="payments.close_finding"),
    path("chi-tra/soat/<int:pk>/giu/", findings.hold, name="payments.hold_finding"),
    path("chi-tra/soat/<int:pk>/mo-lai/", findings.reopen, name="payments.reopen_finding"),
    path("chi-tra/xuat/", deciding.export, name="payments.export"),
    path("chi-tra/in/", deciding.papers, name="payments.papers"),
    path("chi-tra/tep/<slug:kind>/", deciding.files, name="payments.files"),
    path("chi-tra/thu-hoi/", claims.claims_page, name="payments.claims"),
    path("chi-tra/thu-hoi/<int:payable>/<str:month>/thu/", claims.refund, name="payments.refund"),
    path("chi-tra/thu-hoi/<int:payable>/<str:month>/mien/", claims.waive, name="payments.waive"),
    path("chi-tra/vu-viec/", recovery.cases_page, name="payments.recoveries"),
    path("chi-tra/vu-viec/mo/<int:person>/", recovering.open_case, name="payments.open_recovery"),
    path("chi-tra/vu-viec/buoc/<int:pk>/huy/", recovering.back, name="payments.recovery_back"),
    path("chi-tra/vu-viec/<int:pk>/", recovery_case.case_page, name="payments.recovery"),
    path("chi-tra/vu-viec/<int:pk>/<slug:slug>/", recovering.step, name="payments.recovering"),
    path("chi-tra/tien-o-dau/", whereabouts.whereabouts_page, name="payments.whereabouts"),
    path("chi-tra/tien-o-dau/dong/", whereabouts.lines_page, name="payments.whereabouts_lines"),
    path("chi-tra/tien-o-dau/bang/", whereabouts.sheet, name="payments.whereabouts_sheet"),
    path("chi-tra/chua-nhan/", claims.unpaid_page, name="payments.unpaid"),
    path("chi-tra/vi-sao/<int:line>/", why.why_page, name="payments.why"),
    path("chi-tra/dong/<int:line>/giu/", deciding.hold, name="payments.hold"),
    path("chi-tra/dong/<int:line>/thoi-giu/", deciding.release, name="payments.release"),
    path("chi-tra/<int:pk>/", one_list.list_page, name="payments.list"),
    path("chi-tra/<int:pk>/in/", one_list.paper_page, name="payments.paper"),
    path("chi-tra/<int:pk>/tang-giam/", one_list.changes_page, name="payments.changes"),
    path("chi-tra/<int:pk>/tra-lai/", deciding.return_to_preparer, name="payments.return_to_preparer"),
    path("chi-tra/<int:pk>/rut/", deciding.withdraw, name="payments.withdraw"),
    path("chi-tra/<int:pk>/dong/", deciding.close, name="payments.close"),
    path("chi-tra/<int:pk>/doi-chieu/", returns.reconcile, name="payments.reconcile"),
    path("chi-tra/<int:pk>/tep-tra-ve/", returns.files_page, name="payments.return_files"),
    path("chi-tra/<int:pk>/tep-tra-ve/<int:file>/hoan-tac/", returns.undo_file, name="payments.undo_file"),
    path("chi-tra/dong/<int:line>/tien-tra-lai/hoan-tac/", returns.undo_bring_back, name="payments.undo_bring_back"),
    path("chi-tra/tra-loi/<int:pk>/dung-nguoi/", returns.confirm_name, name="payments.confirm_name"),
    path("chi-tra/tra-loi/<int:pk>/khong-phai/", returns.reject_name, name="payments.reject_name"),
    path("chi-tra/tra-loi/<int:pk>/ky-nhan/", returns.record_signature, name="payments.record_signature"),
    path("chi-tra/dong/<int:line>/tien-tra-lai/", returns.bring_back, name="payments.bring_back"),
]
