"""Addresses of the benefits' pages."""
from django.urls import path

from . import desks
from .pages import again, changing, entitlements

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("che-do/", entitlements.entitlements_page, name="entitlements"),
    path("che-do/<int:pk>/", entitlements.entitlement_page, name="entitlement"),
    path("che-do/<int:pk>/<slug:verb>/", changing.change, name="entitlement.change"),
    path("che-do/cho-huong/<int:person>/", changing.grant, name="entitlement.grant"),
    path("chi-tra/vi-sao/<int:line>/hom-nay/", again.again_page, name="benefits.again"),
]
