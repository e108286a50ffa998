"""A book, a server on the loopback, and a phone, which is a folder of cards like the one of the laptop."""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request

import vobject

CONFIG = """
[general]
status_path = "~/status/"

[storage account]
type = "carddav"
url = "http://127.0.0.1:{port}/sam/"
username = "sam"
password = "any"
"""
PAIR = """
[pair {name}]
a = "{name}_cards"
b = "account"
collections = ["people"]

[storage {name}_cards]
type = "filesystem"
path = "~/{name}/"
fileext = ".vcf"
"""
BOOK = """format = 1

[sync]
cards = "laptop/people"

[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"
"""


class World:
    def __init__(self, netkeep, home):
        self.home, self.netkeep = pathlib.Path(home), netkeep
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        tools = pathlib.Path(sys.executable).parent
        self.env = {
            "HOME": home, "PATH": f"{tools}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NETKEEP_FILE": f"{home}/book.toml",
            "NETKEEP_TODAY": "2026-11-23", "EDITOR": "true",
        }
        self.write(".config/vdirsyncer/config", CONFIG.format(port=port) + "".join(PAIR.format(name=n) for n in ("laptop", "phone")))
        self.write(".config/khard/khard.conf", f"[addressbooks]\n[[phone]]\npath = {home}/phone/people\n")
        self.write("book.toml", BOOK)
        os.chmod(self.book, 0o600)
        self.server = subprocess.Popen(
            [tools / "radicale", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
             "--storage-filesystem-folder", self.home / "account"],
            env=self.env, stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/.web/").close()
                break
            except OSError:
                time.sleep(0.1)
        self.call("vdirsyncer", "-v", "error", "discover", typed="y\n" * 9)

    def close(self):
        self.server.terminate()
        self.server.wait()

    @property
    def book(self):
        return self.home / "book.toml"

    def write(self, name, text):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def call(self, *words, typed=""):
        done = subprocess.run(words, cwd=self.home, env=self.env, input=typed, text=True, capture_output=True)
        if done.returncode:
            raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def keep(self, *words):
        return self.call(self.netkeep, *words)

    def carry(self, sync):
        """The phone to the laptop, the book and its cards, and back."""
        for pair in ("phone", "laptop"):
            self.call("vdirsyncer", "-v", "error", "sync", pair)
        said = sync(self)
        for pair in ("laptop", "phone"):
            self.call("vdirsyncer", "-v", "error", "sync", pair)
        return said

    def state(self):
        """Every byte of both folders, and of the book."""
        files = [self.book, *self.home.glob("laptop/people/*"), *self.home.glob("phone/people/*")]
        return {str(path): path.read_bytes() for path in files}

    def cards(self, side="phone"):
        """Every card of a side: its file, and what it says to vobject."""
        files = sorted((self.home / side / "people").glob("*.vcf"))
        return [(path, vobject.readOne(path.read_bytes().decode())) for path in files]

    def forget(self):
        """As on a machine that has lost what both agreed on."""
        shutil.rmtree(self.home / ".local/state/netkeep/cards", ignore_errors=True)


def digits(number):
    return "".join(c for c in number if c.isdigit() or c == "+")


def facts_of_card(card):
    """What a card says of what is shared."""
    texts = lambda name: [line.value for line in card.contents.get(name, [])]
    one = lambda name: next((value for value in texts(name) if value), None)
    parts = lambda name: {part for value in texts(name) for part in (value if isinstance(value, list) else value.split(",")) if part}
    orgs = [value[0] for value in texts("org") if value and value[0]]
    cities = [value.city for value in texts("adr") if value.city]
    return {
        "aka": parts("nickname"), "company": orgs[0] if orgs else None, "title": one("title"), "email": set(texts("email")),
        "phone": {digits(value) for value in texts("tel")}, "links": set(texts("url")), "city": cities[0] if cities else None,
        "birthday": (one("bday") or "").replace("-", "") or None, "categories": parts("categories"),
    }


def facts_of_book(contact):
    """The same of a contact of the book, by TOML alone."""
    texts = lambda key: set([contact[key]] if isinstance(contact.get(key), str) else contact.get(key, []))
    birthday = str(contact.get("birthday", "")).replace("-", "")
    return {
        "aka": texts("aka"), "company": contact.get("company"), "title": contact.get("title"), "email": texts("email"),
        "phone": {digits(value) for value in texts("phone")}, "links": texts("links"), "city": contact.get("city"),
        "birthday": birthday or None, "categories": texts("tags") | texts("bucket"),
    }


def people(world):
    contacts = tomllib.loads(world.book.read_text()).get("contacts", [])
    return {contact["name"]: contact for contact in contacts}
