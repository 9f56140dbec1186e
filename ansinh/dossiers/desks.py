"""What dossiers put in the search box."""
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ansinh.web import composed

from .pages.finding import words_for
from .queries.scans import found_pages, hits
from .question import understood

FEW = 5


def _in_scans(text, account):
    question = understood(text)
    for hit in hits(question, account, found_pages(question, account, most=FEW)):
        yield composed.Found(words_for(hit.page), " ".join(word for word, _asked in hit.snippet), reverse("page", args=[hit.page.pk]))


scans_found = composed.Search(gettext_lazy("Trong bản quét"), _in_scans, page="scans.search")

composed.put(scans_found)
