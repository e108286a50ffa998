"""A book that two sides change at once, and whether all of it came together."""

import collections
import os
import pathlib
import re
import subprocess

BOOK = """# The people of the harbour.
format = 1

[buckets.friends]
cadence = "2 months"  # no less

[[contacts]]
name = "Ana Ruiz"
bucket = "friends"
city = "Oslo"
tags = ["rust"]
touches = [
  { on = 2026-10-02, via = "call", note = "about the mast" },
]

# Knows every boat.
[[contacts]]
name = "Bo Lind"
bucket = "friends"
touches = [
  { on = 2026-10-05, via = "letter" },
]
"""

# A person, another key of the same person, and a touch with the same person, on each side.
SIDES = [
    [
        ["add", "Cy Ng", "-b", "friends", "--met", "at the lighthouse"],
        ["edit", "ana", "--set", "phone=+47 100", "--set", "tags+=bikes"],
        ["log", "ana", "-v", "email", "-d", "2026-11-20", "-m", "sent the drawings"],
    ],
    [
        ["add", "Di Ek", "-b", "friends", "--note", "sings"],
        ["edit", "ana", "--set", "company=Acme", "--set", "tags+=chess"],
        ["log", "ana", "bo", "-v", "event", "-d", "2026-11-21", "-m", "the launch"],
    ],
]
CITIES = [[["edit", "ana", "--set", f"city={city}"]] for city in ("Rome", "Bern")]
REMOVAL = [[["remove", "bo"]], [["log", "ana", "-v", "call", "-d", "2026-11-22"]]]


class Machine:
    """A home of its own, where netkeep has this book."""

    def __init__(self, netkeep, home, book):
        self.netkeep, self.home, self.book = netkeep, pathlib.Path(home), pathlib.Path(home, book)
        self.home.mkdir(exist_ok=True)
        self.env = {
            "HOME": str(home), "PATH": f"{pathlib.Path(netkeep).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
            "NETKEEP_FILE": str(self.book), "NETKEEP_TODAY": "2026-11-30",
        }

    def call(self, *words, cwd=None, code=0):
        """Everything that a program says. It must end with this code."""
        done = subprocess.run(
            words, cwd=cwd or self.home, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=60,
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}"
        return done.stdout

    def keep(self, *words, code=0):
        return self.call(self.netkeep, *words, code=code)

    def change(self, commands):
        for words in commands:
            self.keep(*words)

    def text(self):
        return self.book.read_text()


def words(text):
    return collections.Counter(re.findall(r"[\w+-]+", text))


def difference(base, sides, joined):
    """The words by which a book differs from the one with everything that each side added, and without what it removed."""
    expected = words(base)
    for side in sides:
        expected.update(words(side))
        expected.subtract(words(base))
    expected.subtract(words(joined))
    return {word: count for word, count in expected.items() if count}


def is_whole(base, sides, joined):
    differs = difference(base, sides, joined)
    assert not differs, f"missing (or too many): {differs}\n{joined}"


def is_not_whole(base, sides, joined):
    """A control: what must not be whole yet."""
    assert difference(base, sides, joined), f"whole without netkeep:\n{joined}"
