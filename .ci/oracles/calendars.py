"""iCalendar: the days of meetings, on calendars generated from a fixed seed, as recurring-ical-events finds them."""

import datetime
import random
import warnings
import zoneinfo

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

# The machine is in this zone, and these days are asked for. The clock changes twice within them.
LOCAL = "Europe/Berlin"
SINCE, UNTIL = datetime.date(2026, 2, 20), datetime.date(2026, 11, 20)

# A name in the file, and the zone in which the generator computes. Those with rules are described in the file.
ODD = {
    "Our own time": ("Europe/Paris", ["+0100", "+0200", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"]),
    "(UTC-05:00) Eastern": ("America/New_York", ["-0500", "-0400", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"]),
    "Far": ("Etc/GMT-14", ["+1400"]),
}
NAMED = {zone: zone for zone in ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles", "Australia/Lord_Howe"]}
NAMED |= {"Romance Standard Time": "Europe/Paris", "Pacific Standard Time": "America/Los_Angeles", "Tokyo Standard Time": "Asia/Tokyo"}
ZONES = NAMED | {name: zone for name, (zone, _) in ODD.items()}
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def described(name):
    """A VTIMEZONE with two parts, or with one that never changes."""
    _, (standard, *others) = ODD[name]
    parts = [("STANDARD", others[0] if others else standard, standard, others[2] if others else None, "T020000")]
    if others:
        parts.append(("DAYLIGHT", standard, others[0], others[1], "T020000"))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for kind, before, after, rule, time in parts:
        start = {"-1SU": "19700329", "2SU": "19700308", "1SU": "19701101"}[rule.split("BYDAY=")[1]] if rule else "19700101"
        if rule and "BYMONTH=10" in rule:
            start, time = "19701025", "T030000"
        lines += [f"BEGIN:{kind}", f"DTSTART:{start}{time}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
        lines += [f"RRULE:{rule}"] if rule else []
        lines += [f"END:{kind}"]
    return [*lines, "END:VTIMEZONE"]


class Clock:
    """How the times of an event are written: in a zone, in UTC, without a zone, or as days."""

    def __init__(self, chance):
        self.kind = chance.choice(["zone"] * 5 + ["utc", "floating", "day"])
        self.name = chance.choice(list(ZONES))
        zones = {"zone": ZONES[self.name], "utc": "UTC"}
        self.zone = zoneinfo.ZoneInfo(zones[self.kind]) if self.kind in zones else None

    def write(self, name, times, more=""):
        form = "%Y%m%d" if self.kind == "day" else "%Y%m%dT%H%M%SZ" if self.kind == "utc" else "%Y%m%dT%H%M%S"
        quote = '"' if any(c in self.name for c in ":;,") else ""
        tzid = {"zone": f";TZID={quote}{self.name}{quote}", "day": ";VALUE=DATE"}.get(self.kind, "")
        return f"{name}{tzid}{more}:" + ",".join(time.strftime(form) for time in times)

    def in_utc(self, time):
        return time.replace(tzinfo=self.zone).astimezone(datetime.timezone.utc)

    def until(self, time):
        """UNTIL is in UTC unless the start has no zone."""
        if self.zone:
            return f"{self.in_utc(time):%Y%m%dT%H%M%SZ}"
        return f"{time:%Y%m%d}" if self.kind == "day" else f"{time:%Y%m%dT%H%M%S}"


def some(chance, values, most):
    return ",".join(map(str, sorted(chance.sample(list(values), chance.randint(1, most)))))


def weekdays(chance, numbers, most):
    """Weekdays, all with numbers or all without: dateutil takes a mix of both to mean that both must hold."""
    has_numbers = numbers and chance.random() < 0.6
    days = chance.sample(WEEKDAYS, chance.randint(1, most))
    return ",".join(f"{chance.choice(numbers)}{day}" if has_numbers else day for day in days)


def by_parts(chance, freq, interval):
    """Rule parts that RFC 5545, 3.3.10 allows for a frequency."""
    def maybe(odds):
        return chance.random() < odds

    parts = {}
    if freq == "YEARLY":
        shape = chance.choice(["", "month", "month and day", "weekday of month", "weekday of year", "week", "day of year"])
        if "month" in shape:
            parts["BYMONTH"] = some(chance, range(1, 13), 4)
        if shape == "month and day":
            parts["BYMONTHDAY"] = some(chance, [*range(1, 32), -1, -2, -31], 3)
        if shape.startswith("weekday"):
            parts["BYDAY"] = weekdays(chance, [1, 2, -1] if "month" in shape else [1, 20, -1, -10], 3)
        if shape == "week":
            parts["BYWEEKNO"] = some(chance, [*range(1, 54), -1, -20], 5)
            parts["BYDAY"] = some(chance, WEEKDAYS, 3)
        if shape == "day of year":
            parts["BYYEARDAY"] = some(chance, [*range(1, 367), -1, -100], 9)
    elif freq == "MONTHLY":
        shape = chance.choice(["", "day", "weekday", "both"])
        if shape in ("day", "both"):
            days = range(8, 15) if shape == "both" else [*range(1, 32), -1, -2, -30]
            parts["BYMONTHDAY"] = some(chance, days, 4)
        if shape in ("weekday", "both"):
            parts["BYDAY"] = weekdays(chance, [1, 2, 3, 4, 5, -1, -2] if shape == "weekday" else [], 4)
    elif maybe(0.6):
        parts["BYDAY"] = some(chance, WEEKDAYS, 5)
    if freq not in ("YEARLY",) and maybe(0.2):
        parts["BYMONTH"] = some(chance, range(1, 13), 6)
    if freq == "DAILY" and maybe(0.2):
        parts["BYMONTHDAY"] = some(chance, [*range(1, 32), -1], 9)
    # With longer steps there may be no such hour.
    if (freq, interval) in [("HOURLY", 1), ("MINUTELY", 30), ("SECONDLY", 3600)]:
        parts["BYHOUR"] = some(chance, range(24), 3)
    return parts


def rule(chance, clock, start):
    freqs = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] * 4 + ["HOURLY", "MINUTELY", "SECONDLY"]
    freq = chance.choice(freqs[:16] if clock.kind == "day" else freqs)
    # Days that recur by the minute would be too many to count.
    steps = {"HOURLY": [1, 5, 24, 36], "MINUTELY": [30, 90, 1440], "SECONDLY": [3600, 7200]}
    interval = chance.choice(steps.get(freq, [1, 1, 1, 2, 3, 5]))
    parts = {"FREQ": freq} | ({"INTERVAL": str(interval)} if interval > 1 or chance.random() < 0.1 else {})
    parts |= by_parts(chance, freq, interval)
    if freq in ("WEEKLY", "YEARLY") and chance.random() < 0.4:
        parts["WKST"] = chance.choice(WEEKDAYS)
    if clock.kind != "day" and freq == "DAILY" and chance.random() < 0.2:
        parts["BYHOUR"] = some(chance, range(24), 3)
    # dateutil counts positions in the first week from the first day of the event, not from that of the week.
    if freq in ("MONTHLY", "YEARLY") and "BYDAY" in parts and chance.random() < 0.3:
        parts["BYSETPOS"] = some(chance, [1, 2, -1, -2], 2)
    end = chance.random()
    if end < 0.3:
        parts["COUNT"] = str(chance.choice([1, 2, 5, 17, 100]))
    elif end < 0.6:
        parts["UNTIL"] = clock.until(start + datetime.timedelta(days=chance.randint(0, 900)))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def walk(text, start):
    """Some of the times of a rule near the days that are asked for."""
    naive = ";".join(part for part in text.split(";") if not part.startswith("UNTIL"))
    first = datetime.datetime.combine(SINCE, datetime.time())
    found = rrulestr(naive, dtstart=start).xafter(first, count=40, inc=True)
    return [time for time in found if time.date() < UNTIL]


def event(chance, number):
    """The components of one event: itself, and those that replace some of its occurrences."""
    clock = Clock(chance)
    day = datetime.datetime(2024, 1, 1) + datetime.timedelta(days=chance.randint(0, 1000))
    times = [(0, 0), (0, 30), (1, 30), (2, 30), (9, 0), (12, 15), (22, 0), (23, 30)]
    start = day if clock.kind == "day" else day.replace(**dict(zip(("hour", "minute"), chance.choice(times))))
    long = datetime.timedelta(days=chance.randint(1, 3)) if clock.kind == "day" else datetime.timedelta(minutes=chance.choice([0, 30, 60, 90, 1450]))
    length = chance.choice(["DTEND", "DURATION", ""])

    def component(begin, more, **changed):
        lines = {"UID": f"{number}@calendar.example", "ATTENDEE": f"mailto:p{number}@people.example", "SEQUENCE": "1"} | changed
        head = ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *(f"{name}:{value}" for name, value in lines.items())]
        times = [clock.write("DTSTART", [begin])]
        if length == "DTEND":
            times.append(clock.write("DTEND", [begin + long]))
        elif length:
            times.append(f"DURATION:P{long.days}D" if clock.kind == "day" else f"DURATION:PT{int(long.total_seconds()) // 60}M")
        return [*head, *times, *more, "END:VEVENT"]

    if chance.random() < 0.1:
        return component(start, [])
    text = rule(chance, clock, start)
    # recurring-ical-events takes one time in UTC for another of the same day in a zone, so there are no exceptions where there are two.
    is_often = any(word in text for word in ("BYHOUR", "HOURLY", "MINUTELY", "SECONDLY"))
    days = [] if is_often else walk(text, start)
    chance.shuffle(days)
    more = [f"RRULE:{text}"]
    if days and chance.random() < 0.5:
        out = [days.pop() for _ in range(min(len(days), chance.randint(1, 3)))]
        in_utc = clock.kind == "zone" and chance.random() < 0.3
        more.append("EXDATE:" + ",".join(f"{clock.in_utc(time):%Y%m%dT%H%M%SZ}" for time in out) if in_utc else clock.write("EXDATE", out))
    if chance.random() < 0.3:
        extra = [datetime.datetime.combine(SINCE, start.time()) + datetime.timedelta(days=chance.randint(0, 270)) for _ in range(3)]
        more.append(clock.write("RDATE", extra))
    replacing = []
    while days and chance.random() < 0.4:
        time = days.pop()
        status = chance.choice(["CONFIRMED", "CONFIRMED", "CANCELLED"])
        moved = time if status == "CANCELLED" else time + datetime.timedelta(days=chance.randint(-5, 5), hours=0 if clock.kind == "day" else chance.randint(-9, 9))
        scope = ";RANGE=THISANDFUTURE" if chance.random() < 0.2 and status == "CONFIRMED" else ""
        which = [clock.write("RECURRENCE-ID", [time], scope)]
        replacing += component(moved, which, SEQUENCE="2", STATUS=status)
    whole = component(start, more)
    return replacing + whole if chance.random() < 0.3 else whole + replacing


def calendar(seed, events):
    """A calendar of so many events, each with one attendee."""
    chance = random.Random(seed)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//netkeep//oracle//EN"]
    zones = [line for name in ODD for line in described(name)]
    body = [line for number in range(events) for line in event(chance, number)]
    # The zones may stand after what is told by them.
    lines += body + zones if chance.random() < 0.5 else zones + body
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def local(time):
    return time.astimezone(zoneinfo.ZoneInfo(LOCAL)).replace(tzinfo=None) if time.tzinfo else time


def is_asked_for(day):
    """The last days depend on the time of day at which one looks."""
    return SINCE <= day < UNTIL - datetime.timedelta(days=3)


def expected(text):
    """The local days of each attendee on which a meeting begins that was not cancelled and does not take whole days."""
    warnings.simplefilter("ignore")
    found = {}
    around = SINCE - datetime.timedelta(days=9), UNTIL + datetime.timedelta(days=9)
    parsed = icalendar.Calendar.from_ical(text)
    for one in recurring_ical_events.of(parsed, components=["VEVENT"]).between(*around):
        start = one["DTSTART"].dt
        if isinstance(start, datetime.datetime) and one.get("STATUS") != "CANCELLED" and is_asked_for(local(start).date()):
            found.setdefault(person(one["ATTENDEE"].removeprefix("mailto:")), set()).add(local(start).date())
    return found


def person(address):
    return address.removesuffix("@people.example")


def book(events):
    """A book with the attendees of so many events."""
    people = (f'[[contacts]]\nname = "p{number}"\nemail = "p{number}@people.example"\n' for number in range(events))
    return "\n".join(['[sources]\nme = ["sam@keeper.example"]\n', *people])


def differences(wanted, found):
    """What is wrong with the touches that were found in a calendar."""
    got = {}
    for touch in found:
        day = datetime.date.fromisoformat(touch["on"])
        if is_asked_for(day):
            got.setdefault(touch["name"], set()).add(day)
    for who in sorted(wanted.keys() | got.keys()):
        missing, extra = wanted.get(who, set()) - got.get(who, set()), got.get(who, set()) - wanted.get(who, set())
        if missing or extra:
            yield f"{who}: missing {', '.join(map(str, sorted(missing)[:5]))}; too many {', '.join(map(str, sorted(extra)[:5]))}"
