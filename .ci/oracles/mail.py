"""Mail: what netkeep reads in mailboxes that Python's `mailbox` writes, beside what Python reads in them.

The mailboxes are always the same, so that a failure can be seen again. They have what mail programs write: names in every
form and encoding, groups, old dates, bodies with lines that begin with `From `.
"""

import email
import email.header
import email.policy
import email.utils
import inspect
import mailbox
import re
from pathlib import Path

ME = "sam@keeper.example"
PEOPLE = [
    "Ana Ruiz", "Ruiz, Ana", "Zofia Wiśniewska", "José García", "山田太郎", "Иван Петров", 'Bo "Bob" Lind', "Ngô Thị Hà",
    "Dr. Wen (Oslo)", "O'Brien", "Ødegård", "",
]  # fmt: skip
# A message to more people is to nobody in particular.
MANY = 4
# Newer versions of Python otherwise give nothing at all for a field with one odd address.
LENIENT = {"strict": False} if "strict" in inspect.signature(email.utils.getaddresses).parameters else {}
SENTENCES = [
    "Lunch on Friday?", "From here it looks like spring.", ">From what I hear, so does yours.", "From 10:30 on I am free", "",
    "From - to", "Note: bring the draft", "--", "From ana@acme.example Mon Mar  2 09:15:00 2026 is how it began.",
]  # fmt: skip


def address(number):
    return f"p{number}@people.example"


def person(name, number, chance):
    """A mailbox in one of the forms in which programs write it, as bytes."""
    mail = chance.choice([address(number), address(number).upper()])
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    forms = [f"{mail}", f"<{mail}>"]
    if name:
        encoded = [email.header.Header(name, charset).encode(maxlinelen=40) for charset in charsets(name)]
        forms += [f"{word} <{mail}>" for word in encoded]
        forms += [f"{quoted} <{mail}>", f"{quoted}\n  <{mail}>"]
        if not re.search(r'[()"\\]', name):
            forms += [f"{mail} ({name})"]
    form = chance.choice(forms)
    old = ["latin-1"] if "(" not in form and all(ord(c) < 256 for c in name) else []
    return form.encode(chance.choice(["utf-8", "utf-8", *old]))


def charsets(name):
    for charset in ["utf-8", "latin-1", "iso-2022-jp", "koi8-r"]:
        try:
            name.encode(charset)
            yield charset
        except UnicodeEncodeError:
            pass


def date(chance):
    day, month, year = chance.randint(1, 28), chance.randint(1, 10), chance.choice([1998, 2024, 2026])
    name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"][month - 1]
    time = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
    return chance.choice([
        f"{day} {name} {year} {time}:00 +0100", f"{day:02} {name} {year} {time}:59 -0800 (PST)", f"{day} {name} {year} {time} GMT",
        f"{day} {name} {year % 100:02} {time}:00 EST", f"Mon, {day} {name} {year} {time}:00 +1400",
        f"Mon, {day} {name}\n {year} {time}:00 -0000", f"{day}-{name}-{year} {time}:00 +0000", f"{day} {name} {year} {time}:00",
    ])  # fmt: skip


def letters(count, chance):
    """Messages between the owner and the people, each with another identity."""
    for number in range(count):
        others = [chance.randrange(60) for _ in range(chance.choice([1, 1, 1, 2, 3, 4, 6]))]
        others = [person(PEOPLE[other % len(PEOPLE)], other, chance) for other in others]
        own = chance.choice([b"Sam Keeper <sam@keeper.example>", b'"Keeper, Sam" <SAM@keeper.example>', b"sam@keeper.example"])
        if chance.random() < 0.5:
            sender, to = own, others
        else:
            sender, to = others[0], [own, *others[1:]]
        to = chance.choice([b", ", b",\n ", b",\n\t"]).join(to)
        to = to if chance.random() < 0.8 else b"Friends: " + to + b";"
        head = [b"From: " + sender, b"To: " + to, b"Date: " + date(chance).encode(), f"Message-ID: <{number}@x.example>".encode()]
        if chance.random() < 0.1:
            head.append(b"List-Id: <news.x.example>")
        if chance.random() < 0.3:
            head.append(b"Content-Type: text/plain; charset=utf-8")
        chance.shuffle(head)
        body = "\n".join(chance.choice(SENTENCES) for _ in range(chance.randrange(12)))
        yield b"\n".join([*head, b"", body.encode(), b""])


def decoded(value):
    raw = value.encode("ascii", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def addresses(message, field):
    """The people that a field names, as pairs of a name and an address, read in both ways that Python has."""
    values = [decoded(value) for name, value in message.raw_items() if name.lower() == field]
    pairs = email.utils.getaddresses([re.sub(r"\s*\n\s*", " ", value) for value in values], **LENIENT)
    pairs = [(str(email.header.make_header(email.header.decode_header(name))), mail.lower()) for name, mail in pairs if "@" in mail]
    header = message[field]
    modern = {one.addr_spec.lower() for one in header.addresses} if header and not header.defects else None
    if modern is not None and modern != {mail for _, mail in pairs}:
        raise ValueError(f"Python reads two things: {modern}, {pairs}")
    return pairs


def expected(messages):
    """How many messages there are, and who was in touch when: `out`, `in` or both."""
    seen, touches = set(), {}
    for message in messages:
        seen.add(str(message["Message-ID"]))
        sender = [mail for _, mail in addresses(message, "from")]
        to = {mail for _, mail in addresses(message, "to")}
        others = to - {ME} if ME in sender else set(sender)
        if message["List-Id"] or len(to) > MANY or ME not in to | set(sender):
            continue
        year, month, day, *_ = email.utils.parsedate(decoded(str(message["Date"])))
        for other in others:
            sides = touches.setdefault((other, f"{year:04}-{month:02}-{day:02}"), set())
            sides.add("out" if ME in sender else "in")
    return len(seen), {key: sides.pop() if len(sides) == 1 else None for key, sides in touches.items()}


def parsed(message):
    return email.message_from_bytes(message, policy=email.policy.default)


def read(path):
    """Every message of an mbox, as Python finds them."""
    box = mailbox.mbox(path, create=False)
    return [parsed(box.get_bytes(key)) for key in box.iterkeys()]


def book(people):
    """A book with so many people."""
    addresses = map(address, range(people))
    contacts = "".join(f'[[contacts]]\nname = "{mail}"\nemail = "{mail}"\n' for mail in addresses)
    return f'format = 1\n[sources]\nme = ["{ME}"]\n{contacts}'


def differences(wanted, answer):
    """What is wrong with the touches that were found in a mailbox."""
    seen, touches = wanted
    counted = sum(source["seen"] for source in answer["sources"])
    if counted != seen:
        yield f"{counted} messages, not {seen}"
    found = {(touch["name"], touch["on"]): touch["direction"] for touch in answer["found"]}
    for key in sorted(found.keys() | touches.keys()):
        if key not in found or key not in touches:
            yield f"{key} is {'missing' if key not in found else 'too many'}"
        elif found[key] != touches[key]:
            yield f"{key} is {found[key]}, not {touches[key]}"


def in_file(data, folder):
    path = Path(folder, "box.mbox")
    path.write_bytes(data)
    return path


def as_mbox(messages, folder):
    """As Python writes it: `From ` in a body becomes `>From `."""
    path = Path(folder, "written.mbox")
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for message in messages:
        box.add(message)
    box.close()
    return path.read_bytes()


def as_mboxrd(messages):
    """Every `From ` with any number of `>` before it gets one more."""
    quoted = (re.sub(rb"(?m)^(>*From )", rb">\1", message) for message in messages)
    return b"".join(b"From - Mon Mar  2 09:15:00 2026\n" + message + b"\n" for message in quoted)


def as_mboxcl2(messages, chance):
    """Nothing is quoted, but the length is told; some bodies have whole messages in them."""
    inner = b"\n\nFrom ana Mon Mar  2 09:15:00 2026\nFrom: ana@acme.example\nMessage-ID: <inner>\n\nHi\n\n"
    for message in messages:
        head, body = message.split(b"\n\n", 1)
        body += inner if chance.random() < 0.3 else b""
        yield b"From sam Mon Mar  2 09:15:00 2026\n" + head + b"\nContent-Length: %d\n\n" % len(body) + body + b"\n"


def as_maildir(path, folder):
    """The same messages in a Maildir, some of them not seen yet."""
    to = Path(folder, "Maildir")
    box = mailbox.Maildir(to)
    box.clear()
    for number, message in enumerate(mailbox.mbox(path)):
        message = mailbox.MaildirMessage(message)
        if number % 3:
            message.set_subdir("cur")
            message.set_flags("RS" if number % 2 else "S")
        box.add(message)
    return to


def named(data):
    """The names of those who answered, by address."""
    names = {}
    for message in data:
        [(name, mail)] = addresses(message, "from")
        if mail != ME:
            names[mail] = " ".join(name.split()) or None
    return names


def misnamed(names, suggestions):
    """What is wrong with the people who were suggested."""
    for one in suggestions:
        if one["name"] != names.get(one["email"]):
            yield f"{one['email']} is {one['name']!r}, not {names.get(one['email'])!r}"
    if len(suggestions) != len(names):
        yield f"{len(suggestions)} people, not {len(names)}"


def answers(chance):
    """A letter to each of the people, and an answer whose From has the name."""
    for number in range(60):
        mail, when = address(number), b"Date: 2 Mar 2026 09:15:00 +0000\n"
        ask = f"From: {ME}\nTo: {mail}\nMessage-ID: <{number}@keeper.example>\n".encode()
        sender = b"From: " + person(PEOPLE[number % len(PEOPLE)], number, chance)
        ids = f"\nTo: {ME}\nMessage-ID: <{number}@x.example>\nIn-Reply-To: <{number}@keeper.example>\n".encode()
        yield ask + when + b"\nHi\n"
        yield sender + ids + when + b"\nHello\n"
