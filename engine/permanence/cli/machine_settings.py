"""What a process has of its machine: kept while a plugin works, and put back; a process that it has split is ended."""

import os
import signal
import time
from collections.abc import Mapping
from threading import current_thread, main_thread
from typing import Any

from attrs import frozen

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)


@frozen
class MachineSettings:
    """The process itself, its folder, its environment, the rights of what it makes, and what signals do."""

    process: int
    folder: str
    environment: Mapping[bytes, bytes]
    rights: int
    signals: tuple[Any, ...]
    alarm: tuple[float, float]

    @classmethod
    def now(cls) -> "MachineSettings":
        """Return what holds now."""
        rights = os.umask(0o077)
        os.umask(rights)
        # Its bytes, as they are kept: reading each variable takes fifty times as long.
        environment = dict(getattr(os.environ, "_data"))  # noqa: B009 - no attribute that a type knows
        signals = tuple(map(signal.getsignal, SIGNALS))
        return cls(os.getpid(), _folder(), environment, rights, signals, signal.getitimer(signal.ITIMER_REAL))

    def put_back(self) -> None:
        """Let all be as it was. A process that was split off meanwhile ends here: it would do everything once more."""
        if os.getpid() != self.process:
            os._exit(1)
        if (now := MachineSettings.now()) == self:
            return
        os.umask(self.rights)
        if self.folder:
            os.chdir(self.folder)
        if now.environment != self.environment:
            os.environb.clear()
            os.environb.update(self.environment)
            time.tzset()
        if current_thread() is main_thread():
            for number, does in zip(SIGNALS, self.signals, strict=True):
                signal.signal(number, does)
            signal.setitimer(signal.ITIMER_REAL, *self.alarm)


def _folder() -> str:
    """Return the current folder; nothing where it is not there any more."""
    try:
        return os.getcwd()  # noqa: PTH109 - each question to a plugin asks for it
    except FileNotFoundError:
        return ""
