"""Addresses of the registry's pages; what it puts on common pages makes itself known here."""
from django.urls import path

from ansinh.web.desk import verb_view

from .desks import people
from .pages import areas, imports, persons

urlpatterns = [
    path("nguoi/", persons.persons, name="persons"),
    path("nguoi/<int:pk>/<slug:verb>/", verb_view, {"desk": people}, name="person.verb"),
    path("nap/", imports.imports, name="imports"),
    path("nap/moi/", imports.upload, name="import.new"),
    path("nap/mau/<slug:kind>/", imports.template, name="import.template"),
    path("nap/<int:pk>/", imports.preview, name="import"),
    path("nap/<int:pk>/ket-qua/", imports.receipt, name="import.receipt"),
    path("nap/<int:pk>/duyet/", imports.approve, name="import.approve"),
    path("nap/<int:pk>/bo/", imports.discard, name="import.discard"),
    path("nap/<int:pk>/hoan-tac/", imports.undo, name="import.undo"),
    path("dia-ban/", areas.areas, name="areas"),
]
