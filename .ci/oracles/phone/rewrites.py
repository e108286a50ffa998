"""Cards as phones and servers write them back: they say the same in other lines."""

import re


def unfolded(text):
    return re.sub(r"\r?\n[ \t]", "", text).splitlines()


def folded(line, width):
    """A line in pieces of at most `width` octets, none of which cuts a character."""
    pieces, piece = [], b""
    for char in line:
        if len(piece) + len(char.encode()) > width:
            pieces.append(piece)
            piece = b" "
        piece += char.encode()
    return b"\r\n".join([*pieces, piece]).decode()


def rewritten(text, dice):
    """The card in another order, folded elsewhere, with other types, another PRODID and REV, or an N made of FN."""
    lines = [line for line in unfolded(text) if line and not re.match("(PRODID|REV)[:;]", line)]
    head, body, end = lines[:2], lines[2:-1], lines[-1:]
    dice.shuffle(body)
    types = dice.choice([str.lower, str.upper])
    body = [re.sub(r"(?<=TYPE=)[\w,]+", lambda found: types(found.group()), line) for line in body]
    if dice.random() < 0.3:
        name = next(line.split(":", 1)[1] for line in body if re.match("FN[:;]", line))
        given, _, family = name.rpartition(" ")
        body = [f"N:{family};{given};;;" if re.match("N[:;]", line) else line for line in body]
    extra = [f"PRODID:-//Phone {dice.randrange(9)}//EN", f"REV:2026-11-{dice.randrange(10, 30)}T10:00:00Z"]
    width = dice.choice([40, 75])
    return "".join(folded(line, width) + "\r\n" for line in [*head, *extra, *body, *end])


def with_title(page, title):
    """khard's page about a contact, with another title."""
    return re.sub(r"^(Title *:).*(\n    - .*)*$", rf"\1 {title}", page, flags=re.M)
