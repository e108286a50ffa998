"""Two branches of jj that change a book, merged by the lines of docs/guide/merging.md: branches.py NETKEEP PAGE

NETKEEP is the binary. The settings and the command are those of PAGE, in its section on jj.
"""

import pathlib
import re
import sys
import tempfile

from book import BOOK, CITIES, SIDES, Machine, is_not_whole, is_whole

netkeep, page = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
text = page.read_text()
SETTINGS = re.search(r"^```toml jj\n(.*?)^```\n", text, re.M | re.S).group(1)
RESOLVE = re.search(r"`jj (resolve [^`]*)`", text).group(1).split()
CONFLICT = re.compile(r"^<<<<<<<.*?^>>>>>>>[^\n]*\n", re.M | re.S)


class Repository(Machine):
    """Two branches that changed the book, and their merge, which is checked out."""

    def __init__(self, home, sides):
        super().__init__(netkeep, home, "books/contacts.toml")
        self.book.parent.mkdir()
        config = self.home / "config.toml"
        config.write_text(f'[user]\nname = "Ana"\nemail = "ana@home.example"\n\n{SETTINGS}')
        self.env |= {"JJ_CONFIG": str(config), "EDITOR": "false"}
        self.env |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        self.jj("git", "init", ".")
        self.book.write_text(BOOK)
        self.jj("commit", "-m", "first")
        self.jj("bookmark", "create", "first", "-r", "@-")
        self.had = []
        for name, commands in zip(("laptop", "desktop"), sides):
            self.jj("new", "first")
            self.change(commands)
            self.had.append(self.text())
            self.jj("commit", "-m", name)
            self.jj("bookmark", "create", name, "-r", "@-")
        self.jj("new", "laptop", "desktop")

    def jj(self, *words, code=0):
        return self.call("jj", "--no-pager", *words, cwd=self.book.parent, code=code)

    def is_resolved(self):
        self.jj("resolve", "--list", code=2)
        said = self.keep("check")
        assert "warning" not in said, said


with tempfile.TemporaryDirectory() as home:
    merged = Repository(pathlib.Path(home, "both"), SIDES)
    # Control: jj alone leaves a conflict, which is no book.
    assert "contacts.toml" in merged.jj("resolve", "--list")
    is_not_whole(BOOK, merged.had, merged.text())
    merged.keep("list", code=1)
    merged.jj(*RESOLVE)
    merged.is_resolved()
    is_whole(BOOK, merged.had, merged.text())

    # A value that both changed stays a conflict, and everything else is merged.
    marked = Repository(pathlib.Path(home, "marked"), [side + city for side, city in zip(SIDES, CITIES)])
    said = marked.jj(*RESOLVE)
    assert "contacts.toml" in marked.jj("resolve", "--list"), said
    (conflict,) = CONFLICT.findall(marked.text())
    assert "Rome" in conflict and "Bern" in conflict, conflict
    marked.book.write_text(CONFLICT.sub('city = "Rome"\n', marked.text()))
    marked.is_resolved()
    both = [side.replace('"Bern"', '"Oslo"') for side in marked.had]
    is_whole(BOOK, both, marked.text())
print("jj: one book of both branches")
