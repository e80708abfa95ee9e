"""Chromium for tests of pages, driven through chromedriver's own protocol (W3C WebDriver): no library is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
DRIVER = shutil.which("chromedriver")
MISSING = "no Chromium with chromedriver is installed (Debian: apt-get install chromium chromium-driver)"


class Browser:
    """One window."""

    def __init__(self, address: str, session: str) -> None:
        self._base = f"{address}/session/{session}"

    def call(self, method: str, path: str, **body: Any) -> Any:
        return _request(method, f"{self._base}/{path}", body if method == "POST" else None)

    def open(self, page: Path) -> None:
        self.call("POST", "url", url=page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        """The value that a script returns in the page."""
        return self.call("POST", "execute/sync", script=script, args=list(arguments))

    def size(self, width: int, height: int) -> None:
        """The size of the page itself, which a window cannot make as narrow as a telephone is."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)

    def devtools(self, command: str, parameters: dict[str, Any]) -> Any:
        return self.call("POST", "goog/cdp/execute", cmd=command, params=parameters)

    def keys(self, text: str) -> None:
        """Types keys at what has the focus."""
        pressed = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.call("POST", "actions", actions=[{"type": "key", "id": "keyboard", "actions": pressed}])

    def click(self, selector: str) -> None:
        self.run("document.querySelector(arguments[0]).click()", selector)

    def log(self) -> list[dict[str, Any]]:
        """What the page has complained of in the console."""
        return list(self.call("POST", "se/log", type="browser"))


@contextmanager
def opened() -> Iterator[Browser]:
    """A fresh headless window."""
    assert DRIVER is not None and CHROMIUM is not None
    server = subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = next(
            line.rstrip(".\n").rsplit(" ", 1)[1] for line in server.stdout if "started successfully on port" in line
        )
        address = f"http://127.0.0.1:{port}"
        flags = ["--headless=new", "--disable-gpu", "--hide-scrollbars"]
        flags += ["--no-sandbox"] if os.getuid() == 0 else []
        wanted = {
            "goog:chromeOptions": {"binary": CHROMIUM, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        made = _request("POST", f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})
        try:
            yield Browser(address, made["sessionId"])
        finally:
            _request("DELETE", f"{address}/session/{made['sessionId']}", None)
    finally:
        server.terminate()
        server.wait(10)


def _request(method: str, address: str, body: dict[str, Any] | None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(json.load(error)["value"]["message"]) from error


def wait_for(browser: Browser, script: str) -> None:
    """Until a script of the page returns something that is true."""
    for _ in range(100):
        if browser.run(script):
            return
        time.sleep(0.05)
    raise AssertionError(f"never came true: {script}")
