"""Two machines whose books Syncthing keeps the same, and what docs/guide/several-machines.md says of them: folders.py NETKEEP PAGE

NETKEEP is the binary. The lines to type are those of PAGE, in its section on sync programs.
"""

import contextlib
import copy
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import xml.etree.ElementTree as xml

from book import BOOK, CITIES, REMOVAL, SIDES, Machine, is_not_whole, is_whole

netkeep, page = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
section = re.search(r"^## With Syncthing.*?(?=^## )", page.read_text(), re.M | re.S).group()
MOVE, COPY, SYNC = re.findall(r"^```sh\n(.*?)^```\n", section, re.M | re.S)[:3]
OWN = 'format = 1\n\n[[contacts]]\nname = "Eva Sol"\ncity = "Turku"\n'
KEY = "machines"
# No server of the project, no other machine in the network, and no pause before it looks again.
OPTIONS = {
    "globalAnnounceEnabled": "false", "localAnnounceEnabled": "false", "relaysEnabled": "false", "natEnabled": "false",
    "startBrowser": "false", "crashReportingEnabled": "false", "autoUpgradeIntervalH": "0", "urAccepted": "-1",
    "reconnectionIntervalS": "1",
}


def wait(what, holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} seconds: {what}"
        time.sleep(0.1)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Synced(Machine):
    """A machine with a Syncthing of its own, which is reached on the loopback only."""

    def __init__(self, home):
        super().__init__(netkeep, home, "Sync/contacts.toml")
        self.env["STNOUPGRADE"] = "1"
        self.folder, self.state, self.old = home / "Sync", home / "syncthing", home / ".local/share/netkeep/contacts.toml"
        self.call("syncthing", "generate", f"--home={self.state}")
        self.id = xml.parse(self.state / "config.xml").find("device").get("id")
        self.gui, self.port = free_port(), free_port()

    def configure(self, other, calls):
        """Shares the folder with the other machine. One of the two calls: two calls at once may take 20 seconds to end."""
        tree = xml.parse(self.state / "config.xml")
        root = tree.getroot()
        for element in root.findall("folder") + root.findall("device"):
            root.remove(element)
        # As Syncthing would make a folder: without these defaults, it would keep no conflict copy.
        folder = copy.deepcopy(root.find("defaults/folder"))
        for device in folder.findall("device"):
            folder.remove(device)
        root.append(folder)
        folder.attrib.update(id="book", path=str(self.folder), fsWatcherEnabled="true", fsWatcherDelayS="1")
        for machine in (self, other):
            xml.SubElement(folder, "device", id=machine.id)
            address = xml.SubElement(xml.SubElement(root, "device", id=machine.id), "address")
            address.text = f"tcp://127.0.0.1:{machine.port}" if calls else "dynamic"
        gui = root.find("gui")
        gui.set("tls", "false")
        for name, text in [("address", f"127.0.0.1:{self.gui}"), ("apikey", KEY)]:
            (gui.find(name) if gui.find(name) is not None else xml.SubElement(gui, name)).text = text
        options = root.find("options")
        for name, text in [("listenAddress", f"tcp://127.0.0.1:{self.port}"), *OPTIONS.items()]:
            for element in options.findall(name):
                options.remove(element)
            xml.SubElement(options, name).text = text
        tree.write(self.state / "config.xml")

    @contextlib.contextmanager
    def running(self):
        with open(self.home / "log", "w") as log:
            server = subprocess.Popen(
                ["syncthing", "serve", f"--home={self.state}", "--no-browser", "--no-restart"],
                cwd=self.home, env=self.env, stdout=log, stderr=log,
            )
        try:
            wait("Syncthing answers", lambda: self.answers(server))
            yield
        except BaseException:
            print((self.home / "log").read_text(), file=sys.stderr)
            raise
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def answers(self, server):
        assert server.poll() is None, "Syncthing ended"
        with contextlib.suppress(OSError):
            return self.ask("system/ping")
        return False

    def ask(self, path, data=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.gui}/rest/{path}", data, {"X-API-Key": KEY})
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def is_connected(self, other):
        return self.ask("system/connections")["connections"].get(other.id, {}).get("connected", False)

    def scan(self):
        """Syncthing has seen what changed here."""
        self.ask("db/scan?folder=book", b"")

    def type(self, lines):
        return self.call("bash", "-e", "-c", lines)

    def files(self):
        """The files of the folder without those of Syncthing, by name."""
        paths = [path for path in self.folder.iterdir() if not path.name.startswith((".st", ".syncthing."))]
        return {path.name: path.read_bytes() for path in paths}


def same_files(count):
    """Both folders have these files, and the same bytes in them."""
    with contextlib.suppress(FileNotFoundError):
        files = laptop.files()
        return len(files) == count and desktop.files() == files
    return False


def diverge(sides):
    """Changes the book on both while they do not see each other, and waits for the copy. What each had."""
    for machine, other in (laptop, desktop), (desktop, laptop):
        machine.ask(f"system/pause?device={other.id}", b"")
    wait("they are apart", lambda: not laptop.is_connected(desktop) and not desktop.is_connected(laptop))
    for machine, commands in zip((laptop, desktop), sides):
        machine.change(commands)
        machine.scan()
    had = [laptop.text(), desktop.text()]
    for machine, other in (laptop, desktop), (desktop, laptop):
        machine.ask(f"system/resume?device={other.id}", b"")
    wait("a conflict copy on both", lambda: same_files(2))
    for machine in (laptop, desktop):
        name = next(name for name in machine.files() if name != "contacts.toml")
        assert re.fullmatch(r"contacts\.sync-conflict-\d{8}-\d{6}-\w{7}\.toml", name), name
        assert name in machine.keep("list"), "it does not mention the copy"
        assert machine.text() in had
    return had


def join(machine):
    """Joins the copy on one of them, and waits for the other."""
    said = machine.type(SYNC)
    assert "Joined 1 copy" in said, said
    wait("one book on both", lambda: same_files(1))
    for each in (laptop, desktop):
        said = each.keep("check")
        assert re.fullmatch(r".*: \d contacts, no problems\n", said), said


# So that both programs end with this one.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as stack:
    laptop, desktop = (Synced(pathlib.Path(home, name)) for name in ("laptop", "desktop"))
    laptop.configure(desktop, calls=True)
    desktop.configure(laptop, calls=False)
    for machine, text in (laptop, BOOK), (desktop, OWN):
        machine.old.parent.mkdir(parents=True)
        machine.old.write_text(text)
        machine.old.chmod(0o600)
    laptop.type(MOVE)
    assert laptop.text() == BOOK and not laptop.old.exists()
    stack.enter_context(laptop.running())
    stack.enter_context(desktop.running())

    wait("the book on the other machine", lambda: same_files(1))
    desktop.type(COPY)
    desktop.old.unlink()
    wait("the other machine's people", lambda: same_files(1) and "Eva Sol" in laptop.text())
    base = laptop.text()

    sides = diverge(SIDES)
    # Control: Syncthing alone has the words of one side.
    for machine in (laptop, desktop):
        is_not_whole(base, sides, machine.text())
    join(laptop)
    is_whole(base, sides, laptop.text())

    # Both changed one value. The one where the copies are joined stays, and the other one is in the notes.
    diverge(CITIES)
    here = re.search(r'city = "(Rome|Bern)"', desktop.text()).group(1)
    other = {"Rome": "Bern", "Bern": "Rome"}[here]
    join(desktop)
    assert f'city = "{here}"' in laptop.text() and f"city on the other copy: {other}" in laptop.text(), laptop.text()

    # Who was removed on one machine stays out, if the copies are joined there.
    base = laptop.text()
    sides = diverge(REMOVAL)
    join(laptop)
    is_whole(base, sides, laptop.text())
print("Syncthing: one book on both machines")
