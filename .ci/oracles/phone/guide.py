"""Follows docs/guide/phone.md to the letter on an empty home: guide.py NETKEEP PAGE [--write]

NETKEEP is the binary. Of the section "Try it without a phone", the block of the settings becomes the file that it names, and
each line after a `$` is typed into one shell. What comes out must be what the page says. `--write` writes it there instead.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

netkeep, page = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
SECTION = re.compile(r"(?<=^## Try it without a phone\n).*?(?=^## )", re.M | re.S)
BLOCK = re.compile(r"^```(ini|console)\n(.*?)^```\n", re.M | re.S)
END = "--- end of the output ---"


class Shell:
    """A shell that is alone on its machine, as far as it can tell."""

    def __init__(self, home):
        path = f"{netkeep.parent}:{pathlib.Path(sys.executable).parent}:/usr/bin:/bin"
        env = {"HOME": str(home), "PATH": path, "COLUMNS": "100", "LC_ALL": "C.UTF-8", "NETKEEP_TODAY": "2026-11-30"}
        self.home = home
        self.bash = subprocess.Popen(
            ["bash", "--norc"], cwd=home, env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )

    def type(self, line):
        """What comes out of a line."""
        stdin = "" if "|" in line or line.endswith("&") else "</dev/null"
        self.bash.stdin.write(f"{line} {stdin}\necho; echo '{END}'\n")
        self.bash.stdin.flush()
        lines = list(iter(self.bash.stdout.readline, f"{END}\n"))
        said = "".join(lines).replace(str(self.home), "/home/ana").removesuffix("\n")
        return f"{said}\n" if said and not said.endswith("\n") else said


def run(text, shell):
    """The section with what comes out now."""

    def ran(block):
        kind, inside = block.groups()
        if kind == "ini":
            config = shell.home / ".config/vdirsyncer/config"
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text(inside)
            return block.group()
        lines = [line[2:] for line in inside.splitlines() if line.startswith("$ ")]
        said = "".join(f"$ {line}\n{shell.type(line)}" for line in lines)
        return f"```console\n{said}```\n"

    return BLOCK.sub(ran, text)


with tempfile.TemporaryDirectory() as home:
    shell = Shell(pathlib.Path(home))
    said = page.read_text()
    found = SECTION.search(said)
    try:
        now = said[: found.start()] + run(found.group(), shell) + said[found.end() :]
    finally:
        shell.bash.stdin.write("kill $(jobs -p) 2>/dev/null\nwait\n")
        shell.bash.stdin.close()
        shell.bash.wait()
if "--write" in sys.argv:
    page.write_text(now)
elif now != said:
    import difflib

    sys.exit("".join(difflib.unified_diff(said.splitlines(True), now.splitlines(True), str(page), "what comes out")))
print(f"{page.name}: as it says")
