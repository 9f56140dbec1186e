"""Addresses of the registry's pages; what it puts on common pages makes itself known here."""
from django.urls import path

from ansinh.web.desk import urls, verb_view

from .desks import people
from .pages import areas, imports, persons, staff

urlpatterns = [
    path("nguoi/", persons.persons, name="persons"),
    path("nguoi/moi/", persons.register, name="person.new"),
    path("nguoi/<int:pk>/<slug:verb>/", verb_view, {"desk": people}, name="person.verb"),
    path("nap/", imports.imports, name="imports"),
    path("nap/moi/", imports.upload, name="import.new"),
    path("nap/mau/<slug:kind>/", imports.template, name="import.template"),
    path("nap/<int:pk>/", imports.preview, name="import"),
    path("nap/<int:pk>/ket-qua/", imports.receipt, name="import.receipt"),
    path("nap/<int:pk>/duyet/", imports.approve, name="import.approve"),
    path("nap/<int:pk>/bo/", imports.discard, name="import.discard"),
    path("nap/<int:pk>/hoan-tac/", imports.undo, name="import.undo"),
    path("tai-khoan-can-bo/<int:pk>/", staff.account, name="staff.account"),
    path("tai-khoan-can-bo/quyen/<int:pk>/thoi/", staff.end_right, name="staff.end_right"),
    *urls(staff.staff),
    path("dia-ban/", areas.areas, name="areas"),
]
