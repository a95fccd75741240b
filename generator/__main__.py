"""The `papershelf` command, for a process that builds and for those that it starts.

These load this module too, so it loads nothing before it is called.
"""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Do what the command line says.

    While modules are loaded, or the process ends, an interrupt would show where, or be taken for
    an error of a module; so then it ends the process by itself.
    """
    is_heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heeded:
        signal.signal(signal.SIGINT, _abort)
    from generator import cli

    try:
        if is_heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        cli.main()
    finally:
        if is_heeded:
            signal.signal(signal.SIGINT, _abort)


def _abort(number: int, frame: object) -> None:
    os.write(2, b"\nAborted!\n")  # as Click says it
    os._exit(1)


if __name__ == "__main__":
    main()
