"""Whole programs: khard reads the cards, Radicale stores them."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

from cards import many, split, text, uid, values

BOOK = b"""<?xml version="1.0" encoding="utf-8"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>
<resourcetype><collection/><C:addressbook/></resourcetype></prop></set></mkcol>"""


def khard(data, version, people, folder):
    """Every reading command lists every person, and writes nothing to stderr."""
    # khard drops suffixes, such as the jr. in a card's N.
    people = [person | {"name": person["name"].removesuffix(" jr.")} for person in people]
    book = Path(folder, "people")
    book.mkdir(parents=True)
    uids = {}
    for number, (card, person) in enumerate(zip(split(data), people)):
        Path(book, f"{number}.vcf").write_bytes(card)
        uids[person["name"]] = uid(card)
    config = Path(folder, "khard.conf")
    config.write_text(f"[addressbooks]\n[[people]]\npath = {book}\n")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    problems = []

    def say(*arguments):
        command = [Path(sys.executable).with_name("khard"), "-c", config, *arguments]
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60
        )
        if done.returncode != 0 or done.stderr:
            problems.append(f"khard {' '.join(arguments)}: exit {done.returncode}, {done.stderr.strip()[-500:]!r}")
        return done.stdout

    def days():
        for person in people:
            day = str(person.get("birthday", ""))
            # khard puts a day without a year into 1900, which had no 29 February.
            if day and (version, day) != ("4.0", "--02-29"):
                year = day[:-6].strip("-") or {"3.0": "1604", "4.0": "1900"}[version]
                yield (f"{year}.{day[-5:].replace('-', '.')}", person["name"])

    wanted = {
        "list": [(uids.get(person["name"]), person["name"]) for person in people],
        "email": [(mail, person["name"]) for person in people for mail in many(person.get("email"))],
        "phone": [(number, person["name"]) for person in people for number in many(person.get("phone"))],
        "birthdays": list(days()),
    }
    for command, pairs in wanted.items():
        table = say(command)
        lines = say(command, "--parsable").split("\n")
        got = [tuple(line.split("\t")[:2]) for line in lines if "\t" in line]
        problems += [f"khard {command} does not list {pair}" for pair in pairs if pair not in got]
        problems += [f"khard {command} lists {pair}, which is not in the book" for pair in got if pair not in pairs]
        problems += [f"khard {command} does not show {name}" for _, name in pairs if name not in table]
    for person in people if not problems else []:
        page = say("show", f"uid:{uids.get(person['name'])}")
        for shown in [person["name"], *many(person.get("email")), *many(person.get("phone"))]:
            if shown not in page:
                problems.append(f"khard show {person['name']} does not show {shown}")
    return problems


@contextlib.contextmanager
def radicale(folder):
    """A server on a free port of this machine, which is always stopped; yields a function to send requests to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config, log = Path(folder, "radicale.conf"), Path(folder, "radicale.log")
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = {folder}/store\n"
    )

    def ask(method, path, body=b"", kind="text/vcard"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            # The name is `sam`, the password empty.
            connection.request(method, path, body, {"Content-Type": kind, "Authorization": "Basic c2FtOg=="})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    with log.open("wb") as out:
        command = [sys.executable, "-m", "radicale", "--config", config]
        server = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    ask("GET", "/.web/")
                    break
                if server.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                server.kill()
            if server.poll() is not None:
                raise RuntimeError(f"Radicale did not start: {log.read_text()[-1000:]}")
            yield ask
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def carddav(data, ask):
    """Radicale accepts every card in a new address book, and gives its name and UID back."""
    book = f"/sam/{uuid.uuid4()}/"
    status, body = ask("MKCOL", book, BOOK, "application/xml")
    if status != 201:
        yield f"Radicale: MKCOL gave {status}: {body!r}"
    for number, card in enumerate(split(data)):
        who, path = text("".join(values(card, "FN"))), f"{book}{number}.vcf"
        status, body = ask("PUT", path, card)
        if status != 201:
            yield f"Radicale: PUT of {who or 'a card'} gave {status}: {body.decode(errors='replace')}"
            continue
        status, body = ask("GET", path)
        kept = text("".join(values(body, "FN"))), uid(body)
        if status != 200 or kept != (who, uid(card)):
            yield f"Radicale: GET of {who} gave {status} and {kept}"


def caldav(data, ask):
    """Radicale turns the whole file into a calendar with every event and every to-do."""
    path = f"/sam/{uuid.uuid4()}/"
    status, body = ask("PUT", path, data, "text/calendar")
    if status != 201:
        yield f"Radicale: PUT of the calendar gave {status}: {body.decode(errors='replace')}"
        return
    _, body = ask("GET", path)
    for part in b"BEGIN:VEVENT", b"BEGIN:VTODO":
        if body.count(b"\n" + part) != data.count(b"\n" + part):
            yield f"Radicale: keeps {body.count(part)} of {data.count(part)} {part.decode()}"
