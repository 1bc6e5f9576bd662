"""A real browser without a window, spoken to over its own pipe (the Chrome DevTools Protocol): no driver, no port."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Where pictures are kept for whoever wants to look at them; nowhere when it is not set.
PICTURES = os.environ.get("TEST_PICTURES")
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
    "--disable-component-update", "--no-first-run", "--disable-extensions", "--remote-debugging-pipe",
    "--disable-dev-shm-usage", "--font-render-hinting=none",
)  # fmt: skip


class Browser:
    """One page of a running browser."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._number = 0
        self._rest = b""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.errors: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def open(self, page: Path, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Show the file in a window of that size, in the light or the dark scheme."""
        self.errors.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.call("Page.navigate", url=page.resolve().as_uri())
        self.until("document.readyState === 'complete'")

    def until(self, condition: str) -> None:
        """Wait inside the page until the expression is true; fails after a minute."""
        code = (
            f"new Promise((done, failed) => {{ const end = Date.now() + 60000; const look = () => ({condition}) ? done(true) "
            ": Date.now() > end ? failed(new Error('never')) : requestAnimationFrame(look); look(); })"
        )
        self.value(code)

    def value(self, expression: str) -> Any:
        """What the expression is in the page; a promise is awaited."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def picture(self, name: str, *, whole: bool = True) -> None:
        """Keep a picture of the page, where somebody wants one."""
        if PICTURES:
            self.save(Path(PICTURES) / f"{name}.png", whole=whole)

    def save(self, path: Path, *, whole: bool = True) -> None:
        """A picture of the page, or of the window, as a PNG."""
        taken = self.call("Page.captureScreenshot", captureBeyondViewport=whole, **self._clip(whole))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    def brightness(self, x: int, y: int) -> bool:
        """Whether the point of the window is bright."""
        clip = {"x": x, "y": y, "width": 1, "height": 1, "scale": 1}
        taken = self.call("Page.captureScreenshot", clip=clip)
        shown = f"data:image/png;base64,{taken['data']}"
        code = (
            f"(async () => {{ const image = new Image(); image.src = {json.dumps(shown)}; await image.decode();"
            "const canvas = document.createElement('canvas'); const on = canvas.getContext('2d'); on.drawImage(image, 0, 0);"
            "return on.getImageData(0, 0, 1, 1).data[0] > 128; })()"
        )
        return bool(self.value(code))

    def print(self) -> bytes:
        """The page as the browser prints it: a PDF."""
        done = self.call("Page.printToPDF", printBackground=True)
        return base64.b64decode(done["data"])

    def press(self, key: str, *, code: int = 0, text: str = "") -> None:
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, text=text)

    def mouse(self, kind: str, x: float, y: float, **rest: Any) -> None:
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **rest)

    def _clip(self, whole: bool) -> dict[str, Any]:
        if not whole:
            return {}
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        height = min(size["height"], 6000)
        return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}}

    def call(self, method: str, **parameters: Any) -> Any:
        return self._ask(method, self._session, **parameters)

    def _ask(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        """What the page complains about, and whatever it would load, fails the test that looks at `errors`."""
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            self.errors.append(parameters["exceptionDetails"].get("exception", {}).get("description", "exception"))
        elif event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.errors.append(parameters["entry"]["text"])
        elif event.get("method") == "Network.requestWillBeSent" and not parameters["request"]["url"].startswith(
            ("file:", "about:", "blob:", "data:")
        ):
            self.errors.append(f"loads {parameters['request']['url']}")

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._back, 1 << 20)
            assert piece, "the browser has ended"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser of its own, ended afterwards."""
    assert PROGRAM
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        # The protocol's pipe is file descriptors 3 and 4.
        script = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
        command: Sequence[str] = (
            "bash",
            "-c",
            script,
            "browser",
            PROGRAM,
            *_FLAGS,
            f"--user-data-dir={folder}/profile",
        )
        environment = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder}
        process = subprocess.Popen(
            command,
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield Browser(ours_out, ours_in)
        finally:
            os.close(ours_out)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            os.close(ours_in)
