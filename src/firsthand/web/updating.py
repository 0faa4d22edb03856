"""Bringing the figures up to date after a decision, beside the pages: one build at a time, and the last failure kept."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock, Thread

from firsthand.errors import FirsthandError
from firsthand.model import Settings
from firsthand.runners.local import build


@dataclass(frozen=True, slots=True)
class UpdateState:
    """``running``: figures on the page may not hold the newest decision yet. ``failure``: why the last update did not end."""

    running: bool
    failure: str


class Updater:
    """Runs ``build`` in a thread when asked; asked again while it runs, it runs once more afterwards."""

    def __init__(self, ledger: str, settings: Settings) -> None:
        self._ledger, self._settings = ledger, settings
        self._lock = Lock()
        self._thread: Thread | None = None
        self._again = False
        self._failure = ""

    def state(self) -> UpdateState:
        with self._lock:
            return UpdateState(self._thread is not None, self._failure)

    def ask(self) -> None:
        """Starts an update, or has the running one followed by another."""
        with self._lock:
            if self._thread is not None:
                self._again = True
                return
            self._thread = Thread(target=self._run, name="firsthand-update", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Waits until nothing runs; False when it still does after ``seconds``."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return not self.state().running

    def _run(self) -> None:
        while True:
            failure = ""
            try:
                build(self._ledger, self._settings, workers=1)
            except FirsthandError as error:
                failure = str(error)
            except Exception as error:  # or every page would wait for ever for a thread that is gone
                failure = f"a defect: {type(error).__name__}: {error}"
            with self._lock:
                self._failure = failure
                if not self._again:
                    self._thread = None
                    return
                self._again = False
