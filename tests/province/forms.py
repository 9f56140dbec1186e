"""Forms as a browser sees them: every field with what stands in it, ready to be filled in and sent."""
from dataclasses import dataclass, field
from html.parser import HTMLParser

BOUNDARY = "----province"


@dataclass
class Form:
    """One form: its address and its fields in order; what is not ticked is not sent."""

    action: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def filled(self, **typed) -> list[tuple[str, str]]:
        """The fields with these values instead of those that stand there."""
        return [*(pair for pair in self.pairs if pair[0] not in typed), *((name, str(value)) for name, value in typed.items())]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.open, self.area, self.select = [], None, None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.open = Form(given.get("action") or "")
            self.forms.append(self.open)
        elif self.open is not None and tag in ("input", "textarea", "select", "option"):
            getattr(self, f"_{tag}")(given)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.area is not None:
            self.open.pairs.append((self.area[0], self.area[1].strip()))
            self.area = None

    def handle_data(self, data):
        if self.area is not None:
            self.area[1] += data

    def _input(self, given):
        name = given.get("name")
        if name:
            self.open.names.add(name)
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked and given.get("type") not in ("file", "submit"):
                self.open.pairs.append((name, given.get("value") or ""))

    def _textarea(self, given):
        self.open.names.add(given["name"])
        self.area = [given["name"], ""]

    def _select(self, given):
        self.select = given["name"]
        self.open.names.add(self.select)

    def _option(self, given):
        if "selected" in given:
            self.open.pairs.append((self.select, given.get("value") or ""))


def forms_of(text: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms


def multipart(pairs, file: tuple[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """The body and head of a form that hands in a file."""
    name, data = file
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in pairs]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'.encode() + data + b"\r\n"
    )
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
