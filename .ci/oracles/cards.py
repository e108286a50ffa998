"""vCards: what is in the file, and what vobject reads from it. Each check yields the problems it finds."""

import re
from itertools import zip_longest

import vobject

# A name, its parameters, a value: RFC 2426, 4 and RFC 6350, 3.3.
LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.S)
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def physical(data):
    """The raw lines of a card or a calendar."""
    *lines, rest = data.split(b"\r\n")
    if rest:
        yield "the file does not end in CRLF"
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets, more than 75"
        if not line.strip(b" \t"):
            yield f"line {number} is blank: some readers end the card there"
        if any(octet < 32 and octet != 9 or octet == 127 for octet in line):
            yield f"line {number} has a control character, or an end that is not CRLF"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number} is cut within a character"


def split(data):
    """The cards of a file, each with its own bytes."""
    return re.findall(rb"BEGIN:VCARD\r\n.*?\r\nEND:VCARD\r\n", data, re.S)


def unfold(data):
    return re.sub(rb"\r\n[ \t]", b"", data).decode().removesuffix("\r\n").split("\r\n")


def values(card, name):
    """The raw values of every line called `name`."""
    found = (LINE.fullmatch(line) for line in unfold(card))
    return [line[3] for line in found if line and line[1] == name]


def text(raw):
    return re.sub(r"\\(.)", lambda escape: "\n" if escape[1] in "nN" else escape[1], raw, flags=re.S)


def uid(card):
    return text("".join(values(card, "UID")))


def many(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def raw(data, version, people):
    """A file of cards, one for each of `people`, checked against the RFC."""
    yield from physical(data)
    cards = split(data)
    if b"".join(cards) != data:
        yield "there is something before, between or after the cards"
    if len(cards) != len(people):
        yield f"{len(cards)} cards for {len(people)} people"
    uids = [uid(card) for card in cards]
    yield from (f"the UID {twice} is shared by {uids.count(twice)} cards" for twice in set(uids) if uids.count(twice) > 1)
    for card, person in zip(cards, people):
        who, lines = person["name"], unfold(card)
        yield from (f"{who}: not a line of a card: {line!r}" for line in lines if not LINE.fullmatch(line))
        if lines[1] != f"VERSION:{version}":
            yield f"{who}: {lines[1]!r} after BEGIN, not VERSION:{version}"
        for name in ["VERSION", "PRODID", "UID", "FN", "N"]:
            if len(values(card, name)) != 1:
                yield f"{who}: {len(values(card, name))} lines of {name}, not 1"
        # vobject reads only the first of several nicknames, and no address after a comma, so we read these ourselves.
        nicknames = [text(nick) for line in values(card, "NICKNAME") for nick in re.findall(r"(?:\\.|[^,\\])+", line)]
        if nicknames != person.get("aka", []):
            yield f"{who}: NICKNAME is {nicknames}, not {person.get('aka', [])}"
        urls = values(card, "URL")
        if many(person.get("links")) not in (urls, [text(url) for url in urls]):
            yield f"{who}: URL is {urls}, not {person.get('links')}"


def birthday(person, version):
    """The value and the parameters that BDAY must have."""
    day = person.get("birthday")
    if day is None:
        return [], {}
    if not isinstance(day, str):
        return [f"{day:%Y-%m-%d}" if version == "3.0" else f"{day:%Y%m%d}"], {}
    if version == "4.0":
        return ["--" + day[2:].replace("-", "")], {}
    return ["1604-" + day[2:]], {"X-APPLE-OMIT-YEAR": ["1604"]}


def notes(person):
    """The notes with Unix line breaks; one at the very end may be left out."""
    return [person["notes"].replace("\r\n", "\n").rstrip("\n")] if "notes" in person else []


def with_vobject(data, version, people):
    """Every field that vobject reads, against the book. (It reads 4.0 by the rules of 3.0.)"""
    # Radicale uses allowQP too.
    cards = list(vobject.readComponents(data.decode(), allowQP=True))
    if len(cards) != len(people):
        yield f"vobject reads {len(cards)} cards for {len(people)} people"
    for card, person in zip(cards, people):
        who = person["name"]
        read = {name: [line.value for line in lines] for name, lines in card.contents.items()}
        labels = [person["bucket"]] if "bucket" in person else []
        labels += person.get("tags", [])
        day, parameters = birthday(person, version)
        wanted = {
            "fn": [who],
            "email": many(person.get("email")),
            "tel": many(person.get("phone")),
            "org": [[person["company"]]] if "company" in person else [],
            "title": many(person.get("title")),
            "categories": [labels] if labels else [],
            "bday": day,
        }
        got = {name: read.get(name, []) for name in wanted}
        wanted["note"], got["note"] = notes(person), [note.rstrip("\n") for note in read.get("note", [])]
        places = [(person.get("address", ""), person.get("city", ""))]
        wanted["adr"] = places if any(places[0]) else []
        got["adr"] = [(place.street, place.city) for place in read.get("adr", [])]
        wanted["n"] = [who.split()]
        got["n"] = [f"{name.prefix} {name.given} {name.family} {name.suffix}".split() for name in read.get("n", [])]
        if "bday" in card.contents:
            wanted["bday's parameters"], got["bday's parameters"] = parameters, card.bday.params
        for name in wanted:
            if got[name] != wanted[name]:
                yield f"{who}: {name.upper()} is {got[name]!r}, not {wanted[name]!r}"
        yield from uid_problem(who, read.get("uid", []), person)
        try:
            card.validate(raiseException=True)
        except vobject.base.ValidateError as err:
            yield f"{who}: {err}"


def uid_problem(who, uids, person):
    if "uid" in person:
        if uids != [person["uid"]]:
            yield f"{who}: UID is {uids}, not {person['uid']!r} of the book"
    elif len(uids) != 1 or not URN.fullmatch(uids[0]):
        yield f"{who}: UID is {uids}, not a urn:uuid"


def differs(before, after):
    """The differences between two exports that must be equal."""
    for number, (first, second) in enumerate(zip_longest(before.split(b"\n"), after.split(b"\n")), 1):
        if first != second:
            yield f"line {number} differs: {first!r}, then {second!r}"
            return


def changed(before, after):
    """The UIDs that differ between two files of the same people."""
    first, second = ({text(values(card, "FN")[0]): uid(card) for card in split(data)} for data in (before, after))
    yield from (f"{who}: UID was {first[who]}, is {second.get(who)}" for who in first if first[who] != second.get(who))
