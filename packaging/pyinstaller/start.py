"""What runs first in the frozen program: in the window, in the command, and in their child processes.

PyInstaller has hooks of its own for this, which load Qt and multiprocessing at every start: half of the time of a
search. They are left out.
"""

import os
import re
import sys

_TRACKER = re.compile(r"from multiprocessing\.resource_tracker import main; ?main\((\d+)\)")


def restore_environment() -> None:
    """Give programs that this one starts, such as the user's editor, the environment that this one was given.

    The bootloader has the system look for libraries in this program's folder; that has been done by now.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        os.environ.pop(name, None)
        if (before := os.environ.pop(f"{name}_ORIG", None)) is not None:
            os.environ[name] = before


def serve_as_child() -> None:
    """Be the worker, the typesetter or the keeper of such that multiprocessing asks for, if it does, and end then.

    It starts Python, and Python is here the program itself.
    """
    if sys.argv[1:2] == ["--multiprocessing-fork"]:
        from multiprocessing.spawn import freeze_support

        freeze_support()
    if "-c" in sys.argv[1:-1] and (call := _TRACKER.fullmatch(sys.argv[sys.argv.index("-c") + 1])):
        from multiprocessing.resource_tracker import main

        main(int(call[1]))
        sys.exit()


if __name__ == "__main__":
    restore_environment()
    serve_as_child()
    # A child would look for this file on the disk, where it is not.
    del __file__
    from briefing.cli import main

    sys.exit(main())
