"""Reads what `netkeep export` writes with other programs, and reports where they read something other than the book. Reads mail and
calendars with other programs, and reports where `netkeep import` finds other touches.

check.py NETKEEP BOOK COUNT, where COUNT is the number of random books. Every check has controls: the same check on something
broken, which it must catch.
"""

import datetime
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import calendars
import cards
import days
import mail
import programs
import reasons

TODAY, LATER = "2026-11-23", "2027-03-01"
BINARY, BOOK, COUNT = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

# Controls break a whole line with the name, however it is folded.
FN, UID = rb"\r\nFN:.*?(?=\r\n[A-Z])", rb"\r\nUID:.*?(?=\r\n[A-Z])"
ANOTHER_UID = ("another UID", "UID was", rb"\r\nUID:", rb"\r\nUID:x")
LINES = [
    ("lines over 75 octets", "octets", rb"\r\n ", b""),
    ("lines that end in LF", "CRLF", rb"\r\n", b"\n"),
    ("a fold within a character", "within", rb"(\xf0\x9f)(\x8e\xbb)", rb"\1\r\n \2"),
    ("a fold before blanks only", "blank", rb"\r\n ", b"\r\n  \r\n "),
]
failures = []


def report(title, wrong):
    print("FAIL  " if wrong else "ok    ", title, *("\n        " + problem for problem in wrong), sep="", flush=True)
    if wrong:
        failures.append(title)


def found(problems, data):
    wrong = []
    try:
        wrong.extend(problems(data))
    except Exception as err:  # any failure of a reader is a finding
        wrong.append(f"{type(err).__name__}: {err}")
    return wrong


def check(title, problems, data, *controls):
    """`problems` must find none in `data`, and one that mentions `word` after `pattern` is replaced with `broken`."""
    report(title, found(problems, data))
    for name, word, pattern, broken in controls:
        caught = found(problems, re.sub(pattern, broken, data, flags=re.S))
        is_caught = any(word in problem for problem in caught)
        report(f"  control: {name}", [] if is_caught else [f"not caught; found instead: {caught}"])


def netkeep(folder, *arguments, book=BOOK, today=TODAY, zone="UTC"):
    """What the program writes to stdout. It must not fail."""
    env = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8", "NETKEEP_TODAY": today, "TZ": zone}
    done = subprocess.run([BINARY, "--file", book, *arguments], env=env, capture_output=True, timeout=60)
    if done.returncode != 0:
        sys.exit(f"netkeep {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def to_file(folder, *arguments):
    out = Path(folder, "out")
    netkeep(folder, *arguments, "-o", out)
    return out.read_bytes()


def check_cards(folder, version, people, ask):
    export = ["export", "--to", "vcard"] + (["--vcard", "4"] if version == "4.0" else [])
    data = netkeep(folder, *export)
    title = f"cards {version}: "
    check(
        title + "lines, folding, VERSION, FN and UID",
        lambda data: cards.raw(data, version, people),
        data,
        *LINES,
        ("VERSION further down", "after BEGIN", rb"\r\n(VERSION:...)\r\n(PRODID:[^\r]*)", rb"\r\n\2\r\n\1"),
        ("no FN", "0 lines of FN", FN, b""),
        ("one UID for all", "shared by", UID, b"\r\nUID:x"),
    )

    same = ("another byte", "differs", b"K", b"k")
    again = to_file(folder, *export)
    check(title + "a second run, to a file, writes the same", lambda again: cards.differs(data, again), again, same)
    head, *contacts = re.split(r"(?m)^(?=\[\[contacts\]\])", BOOK.read_text(encoding="utf-8"))
    turned = Path(folder, "turned.toml")
    turned.write_text(head + "\n".join(reversed(contacts)), encoding="utf-8")
    turned = netkeep(folder, *export, book=turned, today=LATER)
    check(
        title + "the UIDs stay on another day, in another order",
        lambda turned: cards.changed(data, turned),
        turned,
        ANOTHER_UID,
    )

    check(
        title + "vobject reads every field as it is in the book",
        lambda data: cards.with_vobject(data, version, people),
        data,
        ("commas that are not escaped", "CATEGORIES is", rb"\\,", b","),
        ("no FN", "at least 1 FN", FN, b""),
    )
    check(
        title + "khard lists and shows everyone",
        lambda data: programs.khard(data, version, people, tempfile.mkdtemp(dir=folder)),
        data,
        ("no UID", "has no UID", UID, b""),
    )
    check(
        title + "Radicale accepts every card and gives it back",
        lambda data: programs.carddav(data, ask),
        data,
        ("no FN", "gave 400", FN, b""),
    )
    return data


def check_calendar(folder, people, ask):
    data = netkeep(folder, "export", "--to", "ics")
    listed = json.loads(netkeep(folder, "--json", "due", "--all"))["due"]
    quiet = ("paused", "resting")  # they have a due day, but no reminder
    due = [(entry["name"], datetime.date.fromisoformat(entry["due"])) for entry in listed if entry["state"] not in quiet]

    check("calendar: lines and folding", cards.physical, data, *LINES)
    check(
        "calendar: icalendar reads the due days, the birthdays and the promises",
        lambda data: days.calendar(data, people, due, datetime.date.fromisoformat(TODAY)),
        data,
        ("commas that are not escaped", "not escaped", rb"\\,", b","),
        ("leap days on the 29th only", "no birthday event", rb"BYMONTHDAY=-1", b"BYMONTHDAY=29"),
        ("invalid rules", "RRULE: Expected", rb"FREQ=YEARLY", b"FREQ=YEARLI"),
        ("birthdays every month", "birthday event too many", rb"FREQ=YEARLY[^\r]*", b"FREQ=MONTHLY"),
        ("other due days", "no due event", rb"(DTSTART;VALUE=DATE:202\d)\d\d", rb"\g<1>05"),
        ("no DTSTAMP", "no DTSTAMP", rb"\r\nDTSTAMP:[^\r]*", b""),
        ("no UID", "no UID", UID, b""),
        ("one UID for all", "has the UID", UID, b"\r\nUID:x"),
        ("times instead of days", "not a DATE", rb"DTSTART;VALUE=DATE:(\d+)", rb"DTSTART:\1T000000"),
        ("promises for times", "DUE is not a DATE", rb"DUE;VALUE=DATE:(\d+)", rb"DUE:\1T000000"),
        ("promises for other days", "no to-do for", rb"(DUE;VALUE=DATE:202\d)\d\d", rb"\g<1>05"),
        ("promises to nobody", "no to-do for", rb"BEGIN:VTODO.*?END:VTODO\r\n", b""),
    )
    again = to_file(folder, "export", "--to", "ics")
    same = ("another byte", "differs", b"20261123", b"20261124")
    check("calendar: a second run, to a file, writes the same", lambda again: cards.differs(data, again), again, same)
    later = netkeep(folder, "export", "--to", "ics", today=LATER)
    check("calendar: the UIDs stay on another day", lambda later: days.moved(data, later, people), later, ANOTHER_UID)
    broken = ("invalid rules", "gave 400", rb"FREQ=YEARLY", b"FREQ=YEARLI")
    check("calendar: Radicale accepts every event", lambda data: programs.caldav(data, ask), data, broken)


def check_meetings(folder):
    """`netkeep import` finds the same days of meetings as another program."""
    events = 300
    book = Path(folder, "meetings.toml")
    book.write_text(calendars.book(events), encoding="utf-8")

    def found(data):
        file = Path(folder, "meetings.ics")
        file.write_bytes(data)
        arguments = ["--json", "--dry-run", "import", "--since", str(calendars.SINCE), file]
        return json.loads(netkeep(folder, *arguments, book=book, today=str(calendars.UNTIL), zone=calendars.LOCAL))["found"]

    for seed in range(5):
        text = calendars.calendar(seed, events)
        wanted = calendars.expected(text)
        number = sum(map(len, wanted.values()))
        check(
            f"meetings: recurring-ical-events finds the same {number} days in calendar {seed}",
            lambda data: calendars.differences(wanted, found(data)),
            text.encode(),
            ("no exceptions", "too many", rb"EXDATE", b"X-EXDATE"),
            ("nothing moved", "missing", rb"RECURRENCE-ID", b"X-RECURRENCE-ID"),
            ("no added days", "missing", rb"RDATE", b"X-RDATE"),
            ("another zone", "missing", rb"America/Los_Angeles", b"Asia/Tokyo"),
            ("weeks that begin on Monday", "too many", rb";WKST=..", b""),
            ("one more of each count", "too many", rb"COUNT=(\d+)", rb"COUNT=\g<1>1"),
        )


def check_mail(folder):
    """`netkeep import` finds the same touches and names in mail as Python."""
    chance = random.Random(2026)
    messages = list(mail.letters(600, chance))

    def answer(box, people, *options):
        book = Path(folder, "mail.toml")
        book.write_text(mail.book(people), encoding="utf-8")
        return json.loads(netkeep(folder, "--json", "--dry-run", "import", *options, box, book=book))

    def differences(box):
        return mail.differences(wanted, answer(box, 60))

    controls = [
        ("a message less", "messages, not", rb"(?ms)^From [^\n]*\n(?:(?!^From ).)*?^Message-ID: <17@x\.example>(?:(?!^From ).)*", b""),
        ("another day", "is missing", rb"(Date: \d\d? )Mar", rb"\1Apr"),
        ("another person", "is missing", rb"(?i)p7@people", b"p8@people"),
        ("another sender", "is missing", rb"From: sam@keeper", b"From: ana@keeper"),
    ]
    mbox = mail.as_mbox(messages, folder)
    mboxrd = mail.as_mboxrd(messages)
    for title, data in [("mbox", mbox), ("mboxrd", mboxrd), ("mbox with CRLF", mboxrd.replace(b"\n", b"\r\n"))]:
        python = mail.read(mail.in_file(data, folder))
        wanted = mail.expected(python)
        check(
            f"mail: {title} of {len(python)} messages, {len(wanted[1])} touches as Python reads them",
            lambda data: differences(mail.in_file(data, folder)),
            data,
            *controls,
        )
    wanted = mail.expected(mail.parsed(message) for message in messages)
    check(
        "mail: mboxcl2, by the messages that were written",
        lambda data: differences(mail.in_file(data, folder)),
        b"".join(mail.as_mboxcl2(messages, chance)),
        ("lengths that are wrong", "messages, not", rb"Content-Length: \d", b"Content-Length: 9"),
    )
    check(
        "mail: the same as a Maildir",
        lambda data: differences(mail.as_maildir(mail.in_file(data, folder), folder)),
        mbox,
        *controls,
    )
    data = mail.as_mbox(mail.answers(chance), folder)
    names = mail.named(mail.read(mail.in_file(data, folder)))
    check(
        f"mail: the names of {len(names)} people as Python reads them",
        lambda data: mail.misnamed(names, answer(mail.in_file(data, folder), 0, "--suggest")["suggestions"]),
        data,
        ("another letter", "is 'Dr", rb"(Wen|V2Vu)", b"xxxx"),
    )


def check_reasons(folder):
    chance = random.Random(25)
    books = [reasons.Book(chance) for _ in range(COUNT)]
    path, between = Path(folder, "reasons.toml"), b"\n# the next book\n"

    def differences(data):
        for book, text in zip(books, data.split(between)):
            path.write_bytes(text)

            def ask(*arguments):
                return json.loads(netkeep(folder, "--json", *arguments, book=path, today=str(book.today)))

            yield from reasons.differences(book, ask)

    texts = [book.text().encode() for book in books]
    check(f"reasons: dormant ties, travel and sizes in {len(books)} random books", differences, between.join(texts))
    check(
        "reasons: the same in the first 50, which are enough to tell what is wrong",
        differences,
        between.join(texts[:50]),
        ("notes of touches", "--dormant", rb", note = 'well'", b""),
        ("years that are shorter", "--dormant", rb"dormant_after = '[35]", b"dormant_after = '2"),
        ("another city", "LISBON", rb"city = 'lisbon, Portugal'", b"city = 'Porto'"),
        ("another cadence", "LISBON", rb"cadence = '2 weeks'", b"cadence = '9 years'"),
        ("more room", "regroup", rb"size = ", b"size = 1"),
        ("exchanges", "regroup", rb", direction = 'in'", b""),
    )


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the server is stopped too
    people = tomllib.loads(BOOK.read_text(encoding="utf-8"))["contacts"]
    with tempfile.TemporaryDirectory() as folder, programs.radicale(folder) as ask:
        three = check_cards(folder, "3.0", people, ask)
        four = check_cards(folder, "4.0", people, ask)
        check("cards: the UIDs of 3.0 are those of 4.0", lambda four: cards.changed(three, four), four, ANOTHER_UID)
        check_calendar(folder, people, ask)
        check_meetings(folder)
        check_mail(folder)
        check_reasons(folder)
    if failures:
        sys.exit(f"{len(failures)} of the checks failed")
    print("everything reads back as intended")


main()
