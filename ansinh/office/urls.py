"""Addresses of the office's pages."""
from django.urls import path

from . import pages

urlpatterns = [path("tai-khoan/", pages.my_account, name="my_account")]
