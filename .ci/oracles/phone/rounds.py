"""Changes a book and a phone at random, and reports where they do not say the same afterwards: rounds.py NETKEEP ROUNDS [SEED]

Beside both stands what each change was to do: so a change that is lost is found, too. The controls sync in ways that lose
something, which must be found.
"""

import pathlib
import random
import sys
import tempfile

import rewrites
import vobject
from world import World, digits, facts_of_book, facts_of_card, people

netkeep, rounds = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2])
seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
BUCKETS = ["clients", "friends"]
SECRET = "stays at home"
# What netkeep has no key for.
OTHERS = ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAA", "X-RING:bells", "item1.IMPP:xmpp:zoe@a.example", "item1.X-ABLabel:Jabber"]
EMPTY = {
    "aka": set(), "company": None, "title": None, "email": set(), "phone": set(), "links": set(), "city": None, "birthday": None,
    "categories": set(),
}
LISTS = {"aka": "nickname", "email": "email", "phone": "tel", "links": "url"}
VALUES = {"title": "title", "company": "org", "city": "adr", "birthday": "bday"}


def synced(world):
    return world.keep("sync", "--yes")


class Run:
    def __init__(self, world, seed, sync):
        self.world, self.sync, self.dice, self.number = world, sync, random.Random(seed), 0
        # What is to be true of everyone, who has a card, and whose card was deleted.
        self.truth, self.carded, self.gone = {}, set(), set()
        # The file of each card on the laptop, by its UID.
        self.files = {}
        for _ in range(12):
            self.add_to_book()
        self.settle()

    def new(self, word):
        self.number += 1
        return f"{word}{self.number}"

    def value(self, key):
        number = self.number = self.number + 1
        return {
            "phone": f"+3160000{number:04}", "email": f"mail{number}@a.example", "links": f"https://a.example/{number}",
            "birthday": f"19{number % 90 + 10}-0{number % 9 + 1}-1{number % 9}",
        }.get(key, f"{key.title()} {number}")

    # What happens in the book.

    def add_to_book(self):
        name = f"{self.new('Ana')} Ruiz"
        bucket = self.dice.choice([*BUCKETS, None])
        self.world.keep("add", name, *(["-b", bucket] if bucket else []), "--note", SECRET, "--met", SECRET, "--phone", f"+34{self.number:09}")
        self.world.keep("log", name, "-v", "call", "-m", SECRET)
        self.truth[name] = {**EMPTY, "phone": {f"+34{self.number:09}"}, "categories": {bucket} - {None}}
        if bucket:
            self.carded.add(name)

    def remove_from_book(self, name):
        self.world.keep("remove", name)
        self.forget(name)

    def edit_book(self, name, key):
        if key == "name":
            new = f"{self.new('Bea')} Lind"
            self.world.keep("rename", name, new)
            return self.rename(name, new)
        elif key == "categories":
            there = self.truth[name]["categories"]
            bucket = next(one for one in BUCKETS if one not in there)
            self.world.keep("move", name, bucket, "--now")
            self.truth[name]["categories"] = there - set(BUCKETS) | {bucket}
            if name not in self.gone:
                self.carded.add(name)
        elif key in LISTS:
            value, there = self.value(key), self.truth[name][key]
            out = self.dice.choice(sorted(there)) if len(there) > 1 else None
            self.world.keep("edit", name, "--set", f"{key}-={out}" if out else f"{key}+={value}")
            self.truth[name][key] = there - {out} if out else there | {value}
        else:
            value = self.value(key)
            self.world.keep("edit", name, "--set", f"{key}={value}")
            self.truth[name][key] = value.replace("-", "") if key == "birthday" else value
        return name

    # What happens on the phone.

    def file(self, name):
        found = [(path, card) for path, card in self.world.cards() if card.fn.value == name]
        assert len(found) == 1, f"{name} has {len(found)} cards on the phone"
        return found[0]

    def add_to_phone(self):
        name, uid = f"{self.new('Zoe')} Abara", self.new("phone-")
        number = self.value("phone")
        lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", f"N:Abara;{name.split()[0]};;;", f"TEL;TYPE=CELL:{number}", *OTHERS, "END:VCARD", ""]
        self.world.write(f"phone/people/{uid}.vcf", "\r\n".join(lines))
        self.truth[name] = {**EMPTY, "phone": {number}}
        self.carded.add(name)

    def remove_from_phone(self, name):
        self.file(name)[0].unlink()
        self.carded.discard(name)
        self.gone.add(name)

    def edit_phone(self, name, key):
        path, card = self.file(name)
        if key == "title" and self.dice.random() < 0.3:
            value = self.value(key)
            page = self.world.call("khard", "show", "--format", "yaml", f"uid:{card.uid.value}")
            page = rewrites.with_title(page, value)
            self.world.write("page.yaml", page)
            self.world.call("khard", "edit", "-i", "page.yaml", f"uid:{card.uid.value}", typed="y\n" * 9)
            self.truth[name][key] = value
            return name
        if key == "name":
            new = f"{self.new('Kim')} Jansen"
            card.fn.value, card.n.value = new, vobject.vcard.Name(family="Jansen", given=new.split()[0])
            name = self.rename(name, new)
        elif key == "categories":
            there = self.truth[name]["categories"]
            old = next((one for one in BUCKETS if one in there), None)
            value = next(one for one in BUCKETS if one != old) if old else self.new("tag")
            new = there - {old} | {value}
            card.contents["categories"] = []
            card.add("categories").value = sorted(new)
            self.truth[name]["categories"] = new
        elif key in LISTS:
            value, there = self.value(key), self.truth[name][key]
            lines = card.contents.get(LISTS[key], [])
            if key != "aka" and len(lines) > 1 and self.dice.random() < 0.5:
                out = lines.pop(self.dice.randrange(len(lines))).value
                self.truth[name][key] = there - {digits(out) if key == "phone" else out}
            else:
                card.add(LISTS[key]).value = value
                self.truth[name][key] = there | {value}
        else:
            value = self.value(key)
            card.contents.pop(VALUES[key], None)
            line = card.add(VALUES[key])
            line.value = [value] if key == "company" else vobject.vcard.Address(city=value) if key == "city" else value
            self.truth[name][key] = value.replace("-", "") if key == "birthday" else value
        path.write_text(rewrites.rewritten(card.serialize(), self.dice), newline="")
        return name

    # What both are to say.

    def rename(self, name, new):
        self.truth[new] = self.truth.pop(name)
        for names in (self.carded, self.gone):
            if name in names:
                names.remove(name)
                names.add(new)
        return new

    def forget(self, name):
        self.truth.pop(name)
        self.carded.discard(name)
        self.gone.discard(name)

    def round(self):
        dice = self.dice
        free = sorted(self.truth)
        dice.shuffle(free)
        with_card = [name for name in free if name in self.carded]
        # One value that both change, each to another.
        both = with_card[0]
        free.remove(both)
        held = self.conflict(both) if dice.random() < 0.3 else None
        changed = set()
        for name in free[:8]:
            keys = [*LISTS, *VALUES, "categories", "name"]
            dice.shuffle(keys)
            # Other keys on either side, so that both changes are to be there.
            cut, more = dice.randrange(3), dice.randrange(3)
            # The phone does not know a new name yet.
            has_card = name in self.carded and "name" not in keys[:cut]
            for key in keys[:cut]:
                name = self.edit_book(name, key)
            for key in keys[cut : cut + more] if has_card else []:
                name = self.edit_phone(name, key)
                changed.add(name)
        # What the phone did not change may go on either side, also where the book did.
        there = {card.fn.value for _, card in self.world.cards()}
        left = sorted(set(self.truth) - changed - {both})
        dice.shuffle(left)
        if left and len(self.truth) > 15:
            # Those without a card go first, so that enough have one.
            left.sort(key=lambda name: name in self.carded)
            self.remove_from_book(left.pop(0))
        left = [name for name in left if name in self.carded & there]
        if left and len(self.carded) > 8:
            self.remove_from_phone(left.pop())
        for path, card in self.world.cards():
            if dice.random() < 0.2:
                path.write_text(rewrites.rewritten(path.read_bytes().decode(), dice), newline="")
        for add in (self.add_to_book, self.add_to_phone):
            if dice.random() < 0.6:
                add()
        self.settle(held)

    def conflict(self, name):
        key = self.dice.choice(list(VALUES))
        self.edit_book(name, key)
        book = self.truth[name][key]
        self.edit_phone(name, key)
        return name, key, book

    def settle(self, held=None):
        """Syncs, and compares."""
        world = self.world
        said = world.carry(self.sync)
        if held:
            name, key, value = held
            found = facts_of_book(people(world)[name])[key]
            assert found == value, f"{name}: the {key} {value} of the book became {found}"
            value = self.truth[name][key]
            value = f"{value[:4]}-{value[4:6]}-{value[6:]}" if key == "birthday" else value
            world.keep("edit", name, "--set", f"{key}={value}")
            said += world.carry(self.sync)
        contacts = people(world)
        assert set(contacts) == set(self.truth), f"the book has {set(contacts) ^ set(self.truth)} more or less\n{said}"
        cards = world.cards()
        uids = [card.uid.value for _, card in cards]
        assert len(set(uids)) == len(uids), f"two cards of one UID: {uids}"
        for path, card in cards:
            if card.uid.value.startswith("phone-"):
                lost = {"photo", "x-ring", "impp"} - set(card.contents)
                assert not lost, f"{path.name} lost {lost}"
        files = {card.uid.value: path.name for path, card in world.cards("laptop")}
        moved = {uid for uid in files if self.files.get(uid, files[uid]) != files[uid]}
        assert not moved, f"other files for {moved}"
        self.files = files
        on_phone = {card.fn.value: facts_of_card(card) for _, card in cards}
        assert len(on_phone) == len(cards), "two cards of one name"
        assert set(on_phone) == self.carded, f"the phone has {set(on_phone) ^ self.carded} more or less\n{said}"
        for name, expected in self.truth.items():
            sides = [("the book", facts_of_book(contacts[name])), *([("the phone", on_phone[name])] if name in self.carded else [])]
            for side, found in sides:
                wrong = {key: (value, found[key]) for key, value in expected.items() if found[key] != value}
                assert not wrong, f"{side}, of {name} (expected, found): {wrong}\n{said}"
        before = world.state()
        for path, text in before.items():
            assert path == str(world.book) or SECRET.encode() not in text, f"{path}: what stays at home"
        self.sync(world)
        after = world.state()
        changed = [path for path in before | after if before.get(path) != after.get(path)]
        assert not changed, f"an idle sync changed {changed}"


def run(sync, rounds, seed):
    """What was wrong, if anything was."""
    with tempfile.TemporaryDirectory() as home:
        world = World(netkeep, home)
        try:
            one = Run(world, seed, sync)
            for number in range(rounds):
                try:
                    one.round()
                except AssertionError as err:
                    return f"round {number + 1}: {err}"
            for _ in range(3):
                before = world.state()
                world.carry(sync)
                if world.state() != before:
                    return "idle rounds changed something"
        except AssertionError as err:
            return f"at the start: {err}"
        finally:
            world.close()


def book_wins(world):
    """The book writes its values over those of the cards, whatever the phone did."""
    for path, card in world.cards("laptop"):
        contact = people(world).get(card.fn.value)
        book, there = facts_of_book(contact or {}), facts_of_card(card)
        for key in ("title", "email", "phone") if contact else []:
            if book[key] == there[key]:
                continue
            name = {**LISTS, **VALUES}[key]
            card.contents.pop(name, None)
            for value in sorted(book[key]) if key in LISTS else [book[key]] if book[key] else []:
                card.add(name).value = value
            path.write_text(card.serialize(), newline="")
    return synced(world)


def without_base(world):
    world.forget()
    return synced(world)


def with_private(world):
    """Nothing stays at home."""
    text = world.book.read_text()
    if "private" not in text:
        world.book.write_text(text.replace("[sync]\n", "[sync]\nprivate = true\n"))
    return synced(world)


failed = run(synced, rounds, seed)
if failed:
    sys.exit(f"seed {seed}: {failed}")
print(f"{rounds} rounds: the book and the phone say the same (seed {seed})")
controls = [("the last writer wins", book_wins), ("nothing is known of what both agreed on", without_base), ("nothing stays at home", with_private)]
for what, sync in controls:
    found = run(sync, 6, 1)
    if not found:
        sys.exit(f"control: nothing was found, though {what}")
    print(f"control: {what}: found ({found.splitlines()[0][:100]})")
