"""Put what a desktop wants to know of the program below a prefix: `python packaging/linux/install.py PREFIX`.

Desktop entry, metainfo, MIME type, icons, manual page and completions, and whatever else lies in `share/` beside this
file, as it lies there. Run by the Python that the program is installed for.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import icons  # noqa: E402 - beside the folder of this file
from linux.manual import manual  # noqa: E402

FILES = {
    "briefing.desktop": "applications",
    "org.briefing.briefing.metainfo.xml": "metainfo",
    "briefing.xml": "mime/packages",
}
"""Each file with its folder below `share`."""

COMPLETIONS = {
    "bash": "bash-completion/completions/briefing",
    "zsh": "zsh/vendor-completions/_briefing",
    "fish": "fish/vendor_completions.d/briefing.fish",
}
"""Where a shell looks for its completions, below `share`."""


def install(prefix: Path) -> None:
    """Write every file, over what is there."""
    share = prefix / "share"
    for name, folder in FILES.items():
        _put(share / folder / name, (HERE / name).read_bytes())
    if (HERE / "share").is_dir():
        shutil.copytree(HERE / "share", share, dirs_exist_ok=True)
    theme = share / "icons" / "hicolor"
    _put(theme / "scalable" / "apps" / "briefing.svg", icons.SOURCE.read_bytes())
    for size in icons.LINUX_SIZES:
        _put(theme / f"{size}x{size}" / "apps" / "briefing.png", icons.png(size))
    # With no time in it, so that the same page makes the same file.
    _put(share / "man" / "man1" / "briefing.1.gz", gzip.compress(manual().encode(), 9, mtime=0))
    for shell, name in COMPLETIONS.items():
        _put(share / name, _completion(shell).encode())


def _completion(shell: str) -> str:
    from briefing.cli import main

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        main(["completion", shell])
    return printed.getvalue()


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


if __name__ == "__main__":
    install(Path(sys.argv[1]))
