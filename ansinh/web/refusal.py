"""A lawful "no": one sentence with its basis, shown above the form; never a crash."""


class Refusal(Exception):
    """The law or the office says no: ``sentence`` in Vietnamese, ``basis`` the article, ``field`` the form field meant."""

    status = 422

    def __init__(self, sentence, basis=None, *, field=None):
        super().__init__(str(sentence))
        self.sentence, self.basis, self.field = str(sentence), basis, field

    def __str__(self):
        return f"{self.sentence} ({self.basis})" if self.basis else self.sentence


class Forbidden(Refusal):
    """The account has no right to this act at this place."""

    status = 403
