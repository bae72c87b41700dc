"""The program's icon for those who take no SVG: `python packaging/icons.py FILE...`, each a .png, .ico or .icns.

Drawn from `resources/icons/briefing.svg` with the Qt that the program needs anyway. A PNG's size is its name's number,
as in `briefing-48.png`; the other two hold all sizes that their systems ask for.
"""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "briefing.svg"

LINUX_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 256)
MACOS_TYPES = {
    # Each type has its size in pixels; those of one size differ in the density of the screen.
    b"icp4": 16,
    b"ic11": 32,
    b"icp5": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}


def png(size: int) -> bytes:
    """Draw the icon, so many pixels wide and high."""
    # Imported here: the tables above are asked where there is no Qt.
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, which it refuses
    return bytes(buffer.data().data())


def ico() -> bytes:
    """Make an icon file for Windows: a directory of pictures, and the pictures, as PNG."""
    pictures = [png(size) for size in WINDOWS_SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    for size, picture in zip(WINDOWS_SIZES, pictures, strict=True):
        # One byte for each side, in which 0 stands for 256; no palette; one plane of 32 bits.
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures)


def icns() -> bytes:
    """Make an icon file for macOS: blocks of a type, a length that counts its own head of eight bytes, and a PNG."""
    pictures = {size: png(size) for size in set(MACOS_TYPES.values())}
    blocks = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for kind, size in MACOS_TYPES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(blocks)) + blocks


def write(file: Path) -> None:
    """Write the icon in the form that the file's name asks for; raises ValueError where it asks for none."""
    size = re.search(r"(\d+)$", file.stem)
    match file.suffix:
        case ".png" if size:
            data = png(int(size[1]))
        case ".ico":
            data = ico()
        case ".icns":
            data = icns()
        case _:
            raise ValueError(f"{file}: name a file such as briefing-48.png, briefing.ico or briefing.icns")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write(Path(name))
