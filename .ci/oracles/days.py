"""iCalendar: what the icalendar package reads, the days of its events, and its to-dos."""

import datetime
import re

import icalendar
from dateutil.rrule import rrulestr

from cards import unfold

YEARS = [2027, 2028]  # one without a leap day and one with


def parts(data):
    parsed = icalendar.Calendar.from_ical(data)
    return parsed.walk("VEVENT") + parsed.walk("VTODO")


def whose(event, people):
    """The person named in the summary; of two names, the longer one."""
    names = [person["name"] for person in people if person["name"] in str(event.get("SUMMARY", ""))]
    return max(names, key=len, default=None)


def kind(part):
    if part.name == "VTODO":
        return str(part.get("SUMMARY")), str(part.get("DUE") and part["DUE"].dt)
    return "birthday" if "RRULE" in part else "due"


def uids(data, people):
    return {(whose(part, people), kind(part)): str(part.get("UID")) for part in parts(data)}


def birthdays(people):
    """Every birthday in the years; a leap day becomes the 28th in a year without a 29th.

    Contacts paused for good have none.
    """
    for person in people:
        if "birthday" in person and person.get("paused") is not True:
            month, day = map(int, str(person["birthday"])[-5:].split("-"))
            for year in YEARS:
                is_leap = year % 4 == 0
                yield person["name"], datetime.date(year, month, 28 if (month, day) == (2, 29) and not is_leap else day)


def promises(people, today):
    """Every promise as the summary and the day of its to-do. Contacts who are paused have none."""
    for person in people:
        paused = person.get("paused", False)
        if paused is not True and not (paused and paused > today):
            for promise in person.get("promises", []):
                yield f"{person['name']}: {promise['what']}", promise.get("by")


def todos(parsed, people, today, seen):
    """Everything that must hold for the to-dos; `seen` is the titles of the events by their UIDs."""
    got = []
    for todo in parsed.walk("VTODO"):
        title = todo.get("SUMMARY")
        if missing := [name for name in ["UID", "DTSTAMP", "SUMMARY"] if name not in todo]:
            yield f"{title}: no {' and no '.join(missing)}"
            continue
        if todo["UID"] in seen:
            yield f"{title}: has the UID of {seen[todo['UID']]}"
        seen[todo["UID"]] = title
        if "DUE" in todo and (type(todo["DUE"].dt) is not datetime.date or todo["DUE"].params.get("VALUE") != "DATE"):
            yield f"{title}: DUE is not a DATE: {todo['DUE'].to_ical().decode()}"
        got.append((str(title), todo["DUE"].dt if "DUE" in todo else None))
    wanted = list(promises(people, today))
    yield from (f"no to-do for {what} by {by}" for what, by in wanted if (what, by) not in got)
    yield from (f"a to-do too many: {what} by {by}" for what, by in got if (what, by) not in wanted)


def occurrences(event):
    start = datetime.datetime.combine(event["DTSTART"].dt, datetime.time())
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    if rule[0] != start:
        raise ValueError(f"DTSTART {start:%Y-%m-%d} is not a day of its RRULE")
    first, last = datetime.datetime(YEARS[0], 1, 1), datetime.datetime(YEARS[-1], 12, 31)
    return [day.date() for day in rule.between(first, last, inc=True)]


def calendar(data, people, due, today):
    """Everything that must hold for a calendar of that day; `due` is the pairs of a name and a day that must be in it."""
    parsed = icalendar.Calendar.from_ical(data)
    for part in parsed.walk():
        yield from (f"{part.name} {part.get('SUMMARY', '')}: {name}: {error}" for name, error in part.errors)
    for name in ["VERSION", "PRODID"]:
        if name not in parsed:
            yield f"the calendar has no {name}"
    for line in unfold(data):  # icalendar accepts unescaped text, other programs do not
        is_text = line.startswith(("SUMMARY:", "DESCRIPTION:", "LOCATION:", "X-WR-CALNAME:"))
        if is_text and re.search(r"[\\,;]", re.sub(r"\\[\\,;nN]", "", line)):
            yield f"not escaped: {line}"
    seen, got = {}, {"due": [], "birthday": []}
    for event in parsed.walk("VEVENT"):
        title, who = event.get("SUMMARY"), whose(event, people)
        if missing := [name for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] if name not in event]:
            yield f"{title}: no {' and no '.join(missing)}"
            continue
        if event["UID"] in seen:
            yield f"{title}: has the UID of {seen[event['UID']]}"
        seen[event["UID"]] = title
        if who is None:
            yield f"{title}: names nobody of the book"
        start = event["DTSTART"]
        if type(start.dt) is not datetime.date or start.params.get("VALUE") != "DATE":
            yield f"{title}: DTSTART is not a DATE: {start.to_ical().decode()}"
            continue
        if "DTEND" in event and event["DTEND"].dt != start.dt + datetime.timedelta(days=1):
            yield f"{title}: DTEND is not the day after DTSTART"
        try:
            days = occurrences(event) if kind(event) == "birthday" else [start.dt]
        except (ValueError, TypeError, IndexError) as err:
            yield f"{title}: RRULE: {err}"
            continue
        got[kind(event)] += [(who, day) for day in days]
    yield from todos(parsed, people, today, seen)
    for name, wanted in ("due", due), ("birthday", birthdays(people)):
        wanted = sorted(wanted, key=str)
        yield from (f"no {name} event for {who} on {day}" for who, day in wanted if (who, day) not in got[name])
        for pair in sorted(set(got[name]), key=str):
            if got[name].count(pair) > wanted.count(pair):
                yield f"a {name} event too many for {pair[0]} on {pair[1]}"


def moved(before, after, people):
    """The events whose UID differs between two calendars of the same people, possibly from two days."""
    first, second = uids(before, people), uids(after, people)
    for key in first.keys() & second.keys():
        if first[key] != second[key]:
            yield f"{key}: UID was {first[key]}, is {second[key]}"
