"""Addresses of the documents' pages; what documents puts on common pages makes itself known here."""
from django.urls import path

from . import desks
from .pages import issuing, keeping, letters, templates

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("van-ban/", letters.letters, name="letters"),
    path("van-ban/mau/", templates.templates, name="letter_templates"),
    path("van-ban/mau/<int:pk>/thoi-dung/", templates.withdraw, name="letter_template.withdraw"),
    path("van-ban/mau/<slug:slug>/", templates.give, name="letter_template.give"),
    path("van-ban/mau/<slug:slug>/tep/", templates.file, name="letter_template.file"),
    path("van-ban/mau/<slug:slug>/xem-thu/", templates.sample, name="letter_template.sample"),
    path("van-ban/nguoi/<int:person>/", issuing.choose, name="letter.choose"),
    path("van-ban/nguoi/<int:person>/<slug:slug>/", issuing.issue, name="letter.issue"),
    path("van-ban/<int:pk>/", letters.letter, name="letter"),
    path("van-ban/<int:pk>/pdf/", letters.pdf, name="letter.pdf"),
    path("van-ban/<int:pk>/word/", letters.docx, name="letter.docx"),
    path("van-ban/<int:pk>/cung-luot/", letters.together, name="letter.together"),
    path("van-ban/<int:pk>/ca-tep/", letters.whole, name="letter.whole"),
    path("van-ban/<int:pk>/huy/", keeping.void, name="letter.void"),
    path("van-ban/<int:pk>/trao/", keeping.hand_over, name="letter.hand_over"),
    path("van-ban/<int:pk>/thu-lai/", keeping.recall, name="letter.recall"),
]
