"""Reasons to write: dormant ties, people in a place, and who makes room in a bucket, computed from the book alone.

The rules are those of `netkeep help book` and of docs/guide/week.md, written again here. The books are always the same, so that a failure can
be seen again.
"""

import bisect
import datetime
from fractions import Fraction

FIRST = datetime.date(2026, 1, 1)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CADENCES = [(10, "days"), (2, "weeks"), (1, "months"), (3, "months"), (1, "years"), (2, "years")]
# Addresses, and whether they are in Lisbon.
ADDRESSES = [
    ("Rua Augusta 5, 1100-048 Lisbon", True), ("12 Foo Street Lisbon", True), ("Lisbon Street 5, Porto", False),
    ("5, New Lisbon", False), ("1 Main Road, LISBON 1100, Portugal", True), ("2 Hill", False),
]  # fmt: skip
CITIES = [("Lisbon", True), ("lisbon, Portugal", True), ("New Lisbon", False), ("Porto", False)]


def later(day, cadence):
    """The day that is a count of units later; a month later than the 31st is the last of a short month."""
    count, unit = cadence
    if unit in ("days", "weeks"):
        return day + datetime.timedelta(count * (7 if unit == "weeks" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    for last in range(day.day, 27, -1):
        try:
            return datetime.date(year, month + 1, last)
        except ValueError:
            continue
    return datetime.date(year, month + 1, day.day)


class Book:
    """A random book: its settings, its buckets and its people, as text and as values."""

    def __init__(self, chance):
        def day(years):
            return FIRST + datetime.timedelta(chance.randrange(330) - chance.randrange(365 * years + 1))

        def maybe(share, make):
            return make() if chance.random() < share else None

        self.today = FIRST + datetime.timedelta(chance.randrange(330))
        self.starts = chance.randrange(7)
        self.rest_after = chance.choice([3, 3, 2, 0])
        self.dormant_after = chance.choice([(3, "years"), (3, "years"), (18, "months"), (5, "years"), (100, "days")])
        self.buckets = {
            name: (cadence, maybe(0.7, lambda: chance.randrange(6)))
            for name, cadence in zip("abcd", chance.sample(CADENCES, 4), strict=True)
        }
        self.people = [{"name": "P", "city": CITIES[0]}]
        for number in range(chance.randrange(1, 18)):
            reach = chance.choice([1, 6, 14])
            touches = [
                {"on": day(reach), "direction": chance.choice([None, None, "out", "out", "in"]), "note": maybe(0.2, lambda: "well"),
                 "gave": maybe(0.1, lambda: "a hint")}
                for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 5]))
            ]  # fmt: skip
            self.people.append({
                "name": f"P{number}",
                "bucket": maybe(0.7, lambda: chance.choice("aaabcd")),
                "cadence": maybe(0.1, lambda: chance.choice(CADENCES)),
                "city": maybe(0.4, lambda: chance.choice(CITIES)),
                "address": maybe(0.3, lambda: chance.choice(ADDRESSES)),
                "met": maybe(0.3, lambda: chance.choice(["RustConf", " "])),
                "notes": maybe(0.2, lambda: chance.choice(["tall", " "])),
                "friendly": maybe(0.1, lambda: True),
                "paused": maybe(0.15, lambda: chance.choice([True, day(1), self.today])),
                "added": maybe(0.7, lambda: day(8)),
                "next": maybe(0.2, lambda: (day(1), chance.choice([", what = 'call'", ""]))),
                "promised": maybe(0.1, lambda: True),
                "touches": touches,
            })

    def text(self):
        week = f"[week]\nstarts = '{WEEKDAYS[self.starts]}'\n"
        count, unit = self.dormant_after
        lines = [week, f"[defaults]\nrest_after = {self.rest_after}\ndormant_after = '{count} {unit}'\n"]
        for name, ((count, unit), size) in self.buckets.items():
            lines.append(f"[buckets.{name}]\ncadence = '{count} {unit}'\n" + (f"size = {size}\n" if size is not None else ""))
        for one in self.people:
            lines.append(f"[[contacts]]\nname = '{one['name']}'")
            for key in ["bucket", "met", "notes"]:
                if one.get(key):
                    lines.append(f"{key} = '{one[key]}'")
            for key in ["city", "address"]:
                if one.get(key):
                    lines.append(f"{key} = '{one[key][0]}'")
            if one.get("cadence"):
                lines.append("cadence = '{} {}'".format(*one["cadence"]))
            for key in ["friendly", "paused", "added"]:
                if one.get(key):
                    lines.append(f"{key} = {str(one[key]).replace('True', 'true')}")
            if one.get("next"):
                lines.append("next = {{ on = {}{} }}".format(*one["next"]))
            if one.get("promised"):
                lines.append("promises = [{ what = 'a map' }]")
            for touch in one.get("touches", []):
                words = "".join(f", {key} = '{touch[key]}'" for key in ["direction", "note", "gave"] if touch[key])
                touch["text"] = f"{{ on = {touch['on']}{words} }}"
            lines.append("touches = [" + ", ".join(touch["text"] for touch in one.get("touches", [])) + "]\n")
        return "\n".join(lines)

    def week_start(self):
        return self.today - datetime.timedelta((self.today.weekday() - self.starts) % 7)


def up_to(one, day):
    """The touches up to a day, the oldest first; of one day, in the order of the file."""
    return sorted((touch for touch in one.get("touches", []) if touch["on"] <= day), key=lambda touch: touch["on"])


def is_paused(one, day):
    paused = one.get("paused")
    return paused is True or (paused is not None and day < paused)


def rests(book, one, day):
    """Whether the newest touches have no answer, those of one day counted once."""
    days = set()
    for touch in reversed(up_to(one, day)):
        if touch["direction"] != "out":
            break
        days.add(touch["on"])
    return bool(book.rest_after) and not one.get("friendly") and len(days) >= book.rest_after


def ties(book, start):
    """The dormant ties when the week begins, in their order."""
    eve = start - datetime.timedelta(1)
    found = []
    for place, one in enumerate(book.people):
        touches = up_to(one, eve)
        since = touches[-1]["on"] if touches else one.get("added")
        known = [one.get("met"), one.get("notes"), *(touch["note"] for touch in touches)]
        is_tie = len(touches) >= 2 or any(text and text.strip() for text in known)
        is_silent = since is not None and later(since, book.dormant_after) <= start
        if is_tie and is_silent and not is_paused(one, start) and not rests(book, one, eve):
            found.append((len(touches), since, place))
    return sorted(found)


def names(book, ties):
    """The people among ties who were not reached this week."""
    start = book.week_start()
    people = [book.people[place] for *_, place in ties]
    return [one["name"] for one in people if all(not start <= touch["on"] <= book.today for touch in one.get("touches", []))]


def dormant_turn(book):
    """The dormant ties who have their turn in the week."""
    this_week = book.week_start()
    dates = [touch["on"] for one in book.people for touch in one.get("touches", [])] + [one["added"] for one in book.people if one.get("added")]
    backs = [one["paused"] for one in book.people if isinstance(one.get("paused"), datetime.date)]
    # Between these days the ties stay the same.
    changes = sorted({day + datetime.timedelta(1) for day in dates} | {later(day, book.dormant_after) for day in dates} | {*backs})
    week, last, turn, circle, seen = this_week, None, [], [], -1
    while dates and week > min(dates):
        week -= datetime.timedelta(7)
    # Week by week, the next three in a circle, of those who were in the book when it began.
    while week <= this_week:
        if (now := bisect.bisect_right(changes, week)) != seen:
            circle = [tie for tie in ties(book, week) if (book.people[tie[2]].get("added") or datetime.date.min) < week]
            seen = now
        ahead = [tie for tie in circle if last is None or tie > last]
        turn = (ahead + circle)[: min(3, len(circle))]
        last = turn[-1] if turn else last
        week += datetime.timedelta(7)
    every = ties(book, this_week)
    # Who is new in the book only takes a place that is left.
    new = sorted((tie for tie in every if tie not in turn), key=lambda tie: book.people[tie[2]].get("added") or datetime.date.min)
    return names(book, sorted(turn + new[: 3 - len(turn)]))


def cadence_of(book, one):
    return one.get("cadence") or (book.buckets[one["bucket"]][0] if one.get("bucket") else None)


def there(book):
    """Everyone in Lisbon."""

    def order(pair):
        place, one = pair
        touches = up_to(one, book.today)
        since = touches[-1]["on"] if touches else one.get("added")
        if since is None:
            silence = Fraction(1)
        else:
            cadence = cadence_of(book, one)
            allowed = (later(since, cadence) - since).days if cadence else 30
            silence = Fraction((book.today - since).days, allowed)
        return is_paused(one, book.today), -silence, place

    people = [(place, one) for place, one in enumerate(book.people) if any(one.get(key, None) and one[key][1] for key in ("city", "address"))]
    return [one["name"] for _, one in sorted(people, key=order)]


def crowded(book, others):
    """Who makes room, and where they go; `others` are the proposals of other kinds, by name."""
    counts = {name: sum(one.get("bucket") == name for one in book.people) for name in book.buckets}
    days = {name: (later(book.today, cadence) - book.today).days for name, (cadence, _) in book.buckets.items()}
    before, found = dict(counts), {}
    for proposal, to in others.values():
        if proposal == "move":
            counts[to] += 1
    for name, (_, size) in book.buckets.items():
        if size is None or before[name] <= size:
            continue
        leaving = [one for one in book.people if one.get("bucket") == name and others.get(one["name"], ["cadence"])[0] != "cadence"]

        def lowest(pair):
            place, one = pair
            touches = up_to(one, book.today)
            before = [None, *(touch["direction"] for touch in touches)]
            exchanges = [
                touch["on"] for touch, other in zip(touches, before)
                if touch["direction"] is None or other not in (None, touch["direction"])
            ]  # fmt: skip
            since = max(exchanges, default=one.get("added"))
            return since is not None, since or book.today, any(touch["gave"] for touch in touches), place

        candidates = [
            (place, one) for place, one in enumerate(book.people)
            if one.get("bucket") == name and one["name"] not in others and not one.get("friendly") and not one.get("promised")
            and not is_paused(one, book.today)
            and not (one.get("next") and one["next"][1] and all(touch["on"] < one["next"][0] for touch in up_to(one, book.today)))
        ]  # fmt: skip
        for _, one in sorted(candidates, key=lowest)[: max(before[name] - size - len(leaving), 0)]:
            rooms = [to for to, (_, size) in book.buckets.items() if days[to] > days[name] and (size is None or counts[to] < size)]
            to = min(rooms, key=days.get, default=None)
            if to:
                counts[to] += 1
            found[one["name"]] = to
    return found


def differences(book, ask):
    """What netkeep says otherwise; `ask` runs it and returns its JSON."""
    found = ties(book, book.week_start())
    every = names(book, found)
    asked = [(every, ["--dormant", "--all"]), (there(book), ["--in", "LISBON"])]
    # Years of weeks take a while.
    asked.append((dormant_turn(book) if len(found) > 3 else every, ["--dormant"]))
    for wanted, options in asked:
        got = [one["name"] for one in ask("due", *options)["due"]]
        if got != wanted:
            yield f"{book.today} due {' '.join(options)}: {got}, not {wanted}"
    findings = ask("regroup", "--list")["findings"]
    others = {one["name"]: (one["proposal"], one["to"]) for one in findings if one["why"] != "crowded"}
    got = {one["name"]: one["to"] for one in findings if one["why"] == "crowded"}
    if got != (wanted := crowded(book, others)):
        yield f"{book.today} regroup: {got}, not {wanted}"
