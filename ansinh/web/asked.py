"""What was last asked in the search box: kept in the session, so that no name or number stands in an address."""
KEY, LONGEST = "asked", 120


def keep(request) -> str:
    """What is asked with this form, else what was asked last; remembered for the pages that show it marked."""
    if request.method == "POST" and "q" in request.POST:
        request.session[KEY] = request.POST["q"].strip()[:LONGEST]
    return last(request)


def last(request) -> str:
    """What was asked last in this session."""
    return request.session.get(KEY, "")
