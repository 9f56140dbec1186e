"""Officers at the pages of a real server that may be killed while it answers: they reload, see what is done, and go on."""
import http.client
import os
import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import date, datetime
from http.cookiejar import LWPCookieJar
from pathlib import Path
from random import Random
from threading import Timer

from ansinh.office import clock, signin
from ansinh.office.installation import set_demonstration_clock
from ansinh.office.models import Account
from tests.ports import HOST
from tests.province import people
from tests.province.faults import ASKED
from tests.province.forms import Form, forms_of, multipart

PASSWORD, PATIENCE = "an sinh trinh dien", 600
NEWEST, FALLS = 4, 0.25
BROKEN = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


class Interrupted(Exception):
    """The page did not come: nobody knows whether it was done."""


class Page:
    """What the browser shows: status, address, text."""

    def __init__(self, status: int, address: str, text: str):
        self.status, self.path, self.text = status, urllib.parse.urlsplit(address).path, text

    def form(self, *, having: str = "csrfmiddlewaretoken", action: str | None = None) -> Form | None:
        """The form with such a field, or such an address."""
        return next((form for form in forms_of(self.text) if having in form.names and action in (None, form.action)), None)


class Desk:
    """The pages of one office. ``one_in`` tells how many steps go over them, ``killing`` how many requests break off.

    Where ``falls``, one of four of those breaks off because the database falls, not the server.
    """

    def __init__(self, folder: Path, *, one_in: int, killing: float, falls: bool, dice: Random):
        self.folder, self.one_in, self.killing, self.falls, self.dice = folder, one_in, killing, falls, dice
        self.base = f"http://{HOST}:{(folder / 'web.port').read_text()}"
        self.unsure, self.usual, self.openers = True, 0.2, {}

    def takes(self, word: str) -> bool:
        """Whether this step is taken on the pages."""
        return people.is_drawn(f"web {word}", self.one_in)

    def stand_at(self, day: date):
        """Let the server's clock stand at this day, and wait until its pages say so."""
        set_demonstration_clock(datetime(day.year, day.month, day.day, 8, tzinfo=clock.ZONE))
        self._until(lambda: f"{day:%d/%m/%Y}" in self._look("officer", "/viec/").text)

    def record_event(self, said, day: date, paper: str):
        """Type an event, see its consequences, do it."""
        path = f"/su-kien/{said.person.pk}/{said.slug}/"
        typed = {"on": f"{day:%d/%m/%Y}", "source": paper, **said.typed}
        self._step(lambda: self._record_event(path, typed), lambda: self._journal_has(paper))

    def undo_event(self, line: int):
        """See what undoing an event changes, and do it."""
        path = f"/su-kien/hoan-tac/{line}/"
        self._step(lambda: self._sent("officer", path, having="seen"), lambda: "Đã hoàn tác" in self._look("officer", path).text)

    def approve(self, keys: list[int], number: str):
        """Tick the lists, read the sweep, sign in again, approve."""
        def act():
            chosen = self._look("chief", f"/chi-tra/{keys[0]}/").form(action="/chi-tra/duyet/")
            token = [pair for pair in chosen.pairs if pair[0] == "csrfmiddlewaretoken"]
            shown = self._ask("chief", "/chi-tra/duyet/", [*token, *(("ds", key) for key in keys)])
            self._ask("chief", "/chi-tra/duyet/", shown.form(having="confirmed").filled(number=number, reason="kiểm thử", password=PASSWORD))

        self._step(act, lambda: self._look("chief", f"/chi-tra/{keys[0]}/").form(action="/chi-tra/duyet/") is None)

    def export(self, keys: list[int]):
        """Send approved lists to their providers."""
        def act():
            form = self._look("accountant", f"/chi-tra/{keys[0]}/").form(action="/chi-tra/xuat/")
            self._ask("accountant", "/chi-tra/xuat/", [*(pair for pair in form.pairs if pair[0] != "ds"), *(("ds", key) for key in keys)])

        self._step(act, lambda: ">Xuất " not in self._look("accountant", f"/chi-tra/{keys[0]}/").text)

    def take_file(self, key: int, name: str, data: bytes):
        """Hand in a return file."""
        path = f"/chi-tra/{key}/doi-chieu/"
        self._step(
            lambda: self._sent("accountant", path, having="corrects", file=(name, data)),
            lambda: name in self._look("accountant", f"/chi-tra/{key}/tep-tra-ve/").text,
        )

    def recover(self, who: str, key: int, slug: str, values: dict):
        """One step of a recovery case."""
        typed = {name: f"{value:%m/%Y}" if isinstance(value, date) else value for name, value in values.items()}
        path = f"/chi-tra/vu-viec/{key}/{slug}/"
        self._step(lambda: self._sent(who, path, having="after", **typed), lambda: values["paper"] in self._look(who, f"/chi-tra/vu-viec/{key}/").text)

    def whereabouts(self, month: date) -> str:
        """The page that says where every đồng of a month is."""
        return self._look("accountant", f"/chi-tra/tien-o-dau/?thang={month:%m/%Y}").text

    def _record_event(self, path, typed):
        page = self._look("officer", path)
        form = page.form(having="source")
        if page.status == 200 and form:
            seen = self._ask("officer", path, form.filled(**typed))
            if confirm := seen.form(having="seen"):
                self._ask("officer", path, [*confirm.pairs, ("confirmed", "yes")])

    def _sent(self, who, path, *, having, file=None, **typed):
        """A form filled in and sent, confirmed where the page asks again; what it refuses is not done."""
        page = self._look(who, path)
        form = page.form(having=having)
        if page.status != 200 or form is None:
            return
        sent = self._ask(who, path, form.filled(**typed), file)
        if sent.path == path and sent.status == 200 and (again := sent.form(having=having)):
            self._ask(who, path, [*again.pairs, ("confirmed", "yes")])

    def _journal_has(self, paper):
        """Whether one of the newest events in the journal rests on this paper."""
        text = self._look("officer", "/nhat-ky/?act=benefits.record_life_event").text
        lines = list(dict.fromkeys(re.findall(r'href="/nhat-ky/(\d+)/"', text)))[:NEWEST]
        return any(paper in self._look("officer", f"/nhat-ky/{line}/").text for line in lines)

    def _step(self, act: Callable, is_done: Callable):
        """Do it; where the page broke off, look first whether it was done."""
        def attempt():
            if not (self.unsure and is_done()):
                self.unsure = True
                act()
            self.unsure = False
            return True

        self._until(attempt)

    def _until(self, attempt):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if attempt():
                    return
            except Interrupted:
                pass
            time.sleep(0.05)
        raise AssertionError("the pages did not come back")

    def _look(self, who, path) -> Page:
        return self._ask(who, path, None)

    def _ask(self, who, path, pairs, file=None) -> Page:
        opener = self.openers.get(who) or self._signed_in(who)
        dying = self._may_die() if pairs is not None else None
        try:
            return self._request(opener, path, pairs, file)
        finally:
            if dying:
                dying.join()

    def _request(self, opener, path, pairs, file=None) -> Page:
        data, head = None, {}
        if pairs is not None:
            data, head = multipart(pairs, file) if file else (urllib.parse.urlencode(pairs).encode(), {})
        began = time.monotonic()
        try:
            with opener.open(urllib.request.Request(self.base + path, data, head), timeout=PATIENCE) as answer:
                page = Page(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as told:
            if told.code >= 500:
                raise Interrupted from told
            page = Page(told.code, told.url, told.read().decode())
        except BROKEN as fault:
            raise Interrupted from fault
        if pairs is not None:
            self.usual = 0.7 * self.usual + 0.3 * (time.monotonic() - began)
        return page

    def _may_die(self) -> Timer | None:
        """Now and then the server is killed while it answers, or the database falls, somewhere in the time that an answer takes."""
        if self.dice.random() >= self.killing:
            return None
        is_fall = self.dice.random() < FALLS and self.falls
        timer = Timer(self.dice.uniform(0, self.usual * 1.1), (self.folder / ASKED).touch if is_fall else self._kill)
        timer.start()
        return timer

    def _kill(self):
        try:
            os.killpg(int((self.folder / "web.pid").read_text()), signal.SIGKILL)
        except ProcessLookupError:
            return
        with (self.folder / "web.kills").open("a") as told:
            told.write("killed\n")

    def _signed_in(self, who):
        """A browser with the account's cookies; signed in anew where they do not hold."""
        jar = LWPCookieJar(self.folder / f"{who}.cookies")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        if Path(jar.filename).exists():
            jar.load(ignore_discard=True)
        if not jar or self._request(opener, "/tai-khoan/", None).path != "/tai-khoan/":
            self._sign_in(opener, who)
            jar.save(ignore_discard=True)
        self.openers[who] = opener
        return opener

    def _sign_in(self, opener, who):
        form = self._request(opener, "/dang-nhap/", None).form(having="login")
        page = self._request(opener, "/dang-nhap/", form.filled(login=who, password=PASSWORD))
        if second := page.form(having="code"):
            page = self._request(opener, page.path, second.filled(code=signin.demonstration_code(Account.objects.get(username=who))))
        if page.form(having="login") or page.form(having="code"):
            raise Interrupted
