#!/usr/bin/env python3
"""Whole processes against each other, in one run: the table in docs/speed.md.

    cargo build --release --examples --bins
    python3 benches/ratios.py [ROUNDS [GENERATOR]]

GENERATOR is a Python script that writes the books, run as `GENERATOR --contacts N --touches 10 -o BOOK`; without it the
example `book` does.

The commands of a group run in turn, round after round, so that a drift in the machine's speed affects all of them; each
figure is a ratio of medians. Other programs get the same people: sqlite3, taskwarrior and khard, if installed. Peak
memory needs GNU time. Needs Python 3.9 or newer and nothing else.
"""
import copy
import datetime as dt
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

TODAY = "2026-11-22"
DAYS = {"4 weeks": 28, "2 weeks": 14, "3 months": 91, "2 months": 61}
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILT = os.path.join(ROOT, "target", "release")
NETKEEP = os.path.join(BUILT, "netkeep")
FLOOR = os.path.join(BUILT, "examples", "floor")
NULL = os.open(os.devnull, os.O_RDWR)
STREAMS = [(os.POSIX_SPAWN_DUP2, NULL, stream) for stream in range(3)]
DUE = """select c.name, max(t.day) last, b.days from contacts c join buckets b on b.name = c.bucket
left join touches t on t.contact = c.id group by c.id
order by julianday('%s') - julianday(last) - b.days desc limit 10""" % TODAY


def once(command):
    """Milliseconds from the start of a process to its end."""
    start = time.perf_counter()
    process = os.posix_spawn(shutil.which(command[0]), command, os.environ, file_actions=STREAMS)
    _, status = os.waitpid(process, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return (time.perf_counter() - start) * 1e3


def medians(commands, rounds, before=None):
    """The median of each command, run in turn after two rounds that do not count. `before` has a function to call,
    untimed, before the command with that name."""
    times = {name: [] for name in commands}
    for number in range(rounds + 2):
        for name, command in commands.items():
            if before and name in before:
                before[name]()
            took = once(command)
            if number >= 2:
                times[name].append(took)
    return {name: statistics.median(took) for name, took in times.items()}


def peak(command):
    """The peak memory of a process in bytes, if GNU time is installed."""
    if not os.path.exists("/usr/bin/time"):
        return None
    told = subprocess.run(["/usr/bin/time", "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return int(told.stderr.split()[-1]) * 1024


class People:
    """A book with this many people, and their data in other programs."""

    def __init__(self, folder, count, generator=None):
        self.count = count
        self.folder = os.path.join(folder, str(count))
        os.mkdir(self.folder)
        self.book = os.path.join(self.folder, "book.toml")
        if generator:
            subprocess.run([sys.executable, generator, "--contacts", str(count), "--touches", "10", "-o", self.book],
                           check=True)
        else:
            with open(self.book, "wb") as out:
                subprocess.run([os.path.join(BUILT, "examples", "book"), str(count), "10"], stdout=out, check=True)

    def copy(self, name):
        """A copy of the book, which may be written to."""
        other = copy.copy(self)
        other.book = os.path.join(self.folder, f"{name}.toml")
        shutil.copy(self.book, other.book)
        return other

    def append(self, text):
        """Edits the book by hand, a minute ago: netkeep waits before it uses a file that was written just now."""
        with open(self.book, "a", encoding="utf-8") as book:
            book.write(text)
        then = time.time() - 60
        os.utime(self.book, (then, then))

    def contacts(self):
        told = subprocess.run([NETKEEP, "--file", self.book, "export", "--to", "json"], stdout=subprocess.PIPE, check=True)
        return json.loads(told.stdout)["contacts"]

    def netkeep(self, *arguments):
        return [NETKEEP, "--file", self.book, *arguments]

    def sqlite(self):
        path = os.path.join(self.folder, "people.db")
        db = sqlite3.connect(path)
        db.executescript("create table buckets(name text primary key, days int);"
                         "create table contacts(id integer primary key, name text, bucket text, email text, notes text);"
                         "create table touches(contact int, day text, via text, note text);")
        db.executemany("insert into buckets values(?, ?)", self.buckets().items())
        for number, one in enumerate(self.contacts()):
            db.execute("insert into contacts values(?, ?, ?, ?, ?)",
                       (number, one["name"], one["bucket"], " ".join(one["email"]), one["notes"]))
            db.executemany("insert into touches values(?, ?, ?, ?)",
                           [(number, touch["on"], touch["via"], touch["note"]) for touch in one["touches"]])
        db.execute("create index by_contact on touches(contact, day)")
        db.commit()
        db.close()
        return path

    def buckets(self):
        told = subprocess.run(self.netkeep("bucket", "list", "--json"), stdout=subprocess.PIPE, check=True)
        return {bucket["name"]: DAYS[bucket["cadence"]] for bucket in json.loads(told.stdout)["buckets"]}

    def taskwarrior(self):
        """A task for each person with the same due day, and the touches as annotations."""
        data = os.path.join(self.folder, "task")
        os.mkdir(data)
        buckets = self.buckets()
        tasks = []
        for number, one in enumerate(self.contacts()):
            last = max([touch["on"] for touch in one["touches"]], default="2024-01-01")
            due = dt.date.fromisoformat(last) + dt.timedelta(days=buckets[one["bucket"]])
            notes = [{"entry": f"{touch['on'].replace('-', '')}T12{at // 60 % 60:02}{at % 60:02}Z",
                      "description": f"{touch['via']} {touch['note'] or ''}".strip()}
                     for at, touch in enumerate(one["touches"])]
            tasks.append({"uuid": str(uuid.UUID(int=number + (4 << 76) + (8 << 60))), "description": one["name"],
                          "project": one["bucket"], "status": "pending", "entry": "20200101T000000Z",
                          "due": due.strftime("%Y%m%dT000000Z"), "annotations": notes})
        base = ["task", "rc:/dev/null", f"rc.data.location={data}", "rc.confirmation=no", "rc.gc=off"]
        subprocess.run([*base, "import", "-"], input=json.dumps(tasks), text=True, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [*base, "rc.verbose=nothing", "limit:10", "overdue"]

    def khard(self):
        cards = os.path.join(self.folder, "cards")
        os.mkdir(cards)
        told = subprocess.run(self.netkeep("export", "--to", "vcard"), stdout=subprocess.PIPE, check=True)
        for number, card in enumerate(told.stdout.split(b"END:VCARD\r\n")[:-1]):
            with open(os.path.join(cards, f"{number}.vcf"), "wb") as out:
                out.write(card + b"END:VCARD\r\n")
        settings = os.path.join(self.folder, "khard.conf")
        with open(settings, "w", encoding="utf-8") as out:
            out.write(f"[addressbooks]\n[[people]]\npath = {cards}\n")
        return ["khard", "-c", settings, "list"]


def tell(what, of, against):
    print(f"{what:60} {of / against:8.2f}   ({of:.1f} ms / {against:.1f} ms)", flush=True)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    generator = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HOME=folder, XDG_STATE_HOME=os.path.join(folder, "state"), NETKEEP_TODAY=TODAY)
        small, large, huge = (People(folder, count, generator) for count in (1_000, 10_000, 100_000))
        compare_with_others(small, large, rounds)
        compare_with_nothing(small, rounds)
        compare_with_due(large, huge, rounds)
        compare_logs(large, rounds)


def compare_with_others(small, large, rounds):
    for people in (small, large):
        group = {"due": people.netkeep("due"), "read": [FLOOR, "read", people.book], "true": ["true"]}
        if shutil.which("sqlite3"):
            group["sqlite3"] = ["sqlite3", people.sqlite(), DUE]
        if people is small and shutil.which("task"):
            group["taskwarrior overdue"] = people.taskwarrior()
        if people is small and shutil.which("khard"):
            group["khard list"] = people.khard()
        took = medians(group, rounds)
        for name in list(group)[1:]:
            tell(f"due, {people.count:,} / {name}", took["due"], took[name])


def compare_with_nothing(small, rounds):
    name = small.contacts()[-1]["name"]
    # Each log adds one line to a thousand people's.
    group = {"show NAME": small.netkeep("show", name), "log": small.copy("nothing").netkeep("log", name, "-v", "call"),
             "true": ["true"]}
    took = medians(group, rounds)
    for command in ("show NAME", "log"):
        tell(f"{command}, 1,000 / true", took[command], took["true"])


def compare_with_due(large, huge, rounds):
    name = large.contacts()[-1]["name"]
    unknown, changed = large.copy("unknown"), large.copy("changed")
    unknown.append("zz = 1\n")
    for _ in range(20):
        once(changed.netkeep("log", name, "-v", "call"))
    group = {
        "due": large.netkeep("due"),
        "due with one unknown key in one contact": unknown.netkeep("due"),
        "a Tab that completes a name": large.netkeep("completions", "bash", "--line=netkeep log ana", "--word=ana"),
        "list": large.netkeep("list"),
        "list TEXT": large.netkeep("list", name.split()[0]),
        "show NAME": large.netkeep("show", name),
        "undo --list after 20 changes": changed.netkeep("undo", "--list"),
    }
    took = medians(group, rounds)
    for command in list(group)[1:]:
        tell(f"{command}, 10,000 / due", took[command], took["due"])
    took = medians({"huge": huge.netkeep("due"), "large": large.netkeep("due")}, max(rounds // 4, 3))
    tell("due, 100,000 / due, 10,000", took["huge"], took["large"])
    if (memory := peak(large.netkeep("due"))) is not None:
        size = os.path.getsize(large.book)
        print(f"{'peak memory of due, 10,000 / the size of the file':60} {memory / size:8.2f}   "
              f"({memory / 2**20:.1f} MiB / {size / 2**20:.1f} MiB)")


def compare_logs(large, rounds):
    name = large.contacts()[-1]["name"]
    log = ("log", name, "-v", "call")
    logged, edited, rewritten = large.copy("logged"), large.copy("edited"), large.copy("rewritten")
    group = {"log": logged.netkeep(*log), "first": edited.netkeep(*log), "rewrite": [FLOOR, "rewrite", rewritten.book]}
    took = medians(group, rounds, before={"first": lambda: edited.append("# by hand\n")})
    tell("log, 10,000 / a rewrite of the file, flushed to the disk", took["log"], took["rewrite"])
    tell("the first log after an edit by hand, 10,000 / log", took["first"], took["log"])


main()
