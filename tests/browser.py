"""Chromium without a window, driven over a pipe (https://chromedevtools.github.io/devtools-protocol/)."""

import json
import os
import select
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-pipe"
).split()

PATIENCE = 120
"""Seconds until a browser that says nothing has failed: on a busy machine it may need ten to start."""

SIZE = {"width": 1200, "height": 900}


class Tab:
    """A tab of the browser: the file that it shows as it was opened, what it asked for and complained of."""

    def __init__(self, commands: int, replies: int) -> None:
        """`commands` and `replies` are the descriptors of the two ends of the pipe."""
        self._commands, self._replies, self._count, self._rest = commands, replies, 0, b""
        self._session = ""
        self.page: Path | None = None
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")
        self.ask("Page.setLifecycleEventsEnabled", enabled=True)
        self.ask("Emulation.setFocusEmulationEnabled", enabled=True)  # a new window may take a while to get the focus

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result; events on the way are kept."""
        self._count += 1
        session = {"sessionId": self._session} if self._session else {}
        message = {"id": self._count, "method": method, "params": parameters, **session}
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (reply := self._next()).get("id") != self._count:
            self.events.append(reply)
        assert "error" not in reply, reply
        return reply["result"]

    def open(self, path: Path, **media: str) -> None:
        """Open a file in a window of the usual size, and wait until it is loaded.

        `media` are features such as `prefers_color_scheme="dark"`.
        """
        self.page = path
        self.resize(**SIZE)
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        self.ask("Emulation.setEmulatedMedia", features=features)
        self.events.clear()
        loader = self.ask("Page.navigate", url=path.as_uri())["loaderId"]
        while not any(_is_load(each, loader) for each in self.events):
            self.events.append(self._next())

    def resize(self, width: int, height: int) -> None:
        """Make the window so many CSS pixels wide and high."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def printed(self) -> bytes:
        """Return the page as a PDF, on the paper that its style names."""
        return b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def run(self, script: str) -> Any:
        """Return what a script evaluates to in the page, whose policy does not concern it."""
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true in the page."""
        self.run(f"new Promise(done => {{ const look = () => ({condition}) ? done() : setTimeout(look, 5); look() }})")

    def press(self, *keys: str) -> None:
        """Press and release keys: `Tab`, `Enter`, or a letter."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40}
        for key in keys:
            text = "\r" if key == "Enter" else key if len(key) == 1 else ""
            shared = {"key": key, "windowsVirtualKeyCode": codes.get(key, 0)}
            self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **shared)
            self.ask("Input.dispatchKeyEvent", type="keyUp", **shared)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select.select([self._replies], [], [], PATIENCE)[0], f"the browser said nothing for {PATIENCE} s"
            got = os.read(self._replies, 1 << 20)
            assert got, "the browser went away"
            self._rest += got
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


def _is_load(event: dict[str, Any], loader: str) -> bool:
    """Return whether an event says that a page is loaded; that of the page before may come late."""
    parameters = event.get("params", {})
    return (event["method"], parameters.get("name"), parameters.get("loaderId")) == (
        "Page.lifecycleEvent", "load", loader,
    )  # fmt: skip


@contextmanager
def opened_tab(folder: Path) -> Iterator[Tab]:
    """Start the browser with a profile in a folder, yield a tab of it, and end it; without a browser, skip the test."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    (theirs_in, commands), (replies, theirs_out) = os.pipe(), os.pipe()
    line = 'exec "$@" 3<&"$IN" 4>&"$OUT"'
    environ = os.environ | {"IN": str(theirs_in), "OUT": str(theirs_out)}
    browser = subprocess.Popen(
        ["bash", "-c", line, "bash", CHROMIUM, *OPTIONS, f"--user-data-dir={folder}"],
        pass_fds=(theirs_in, theirs_out),
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Tab(commands, replies)
    finally:
        os.close(commands)
        browser.terminate()
        browser.wait(30)
        os.close(replies)
