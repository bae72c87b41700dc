"""Whether a window can be opened here, asked before Qt is: Qt ends the process where the answer is no."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

# The Debian package of a library that Qt needs and does not bring along.
_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_LIBRARY = re.compile(r"(lib[\w.+-]+?\.so[\w.]*): cannot open shared object")

NO_DISPLAY = "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened."


def why_no_window() -> str:
    """Return a sentence that says why no window can be opened, or nothing when one can."""
    if sys.platform in ("win32", "darwin"):
        return ""
    reasons = [_why_not(platform) for platform in _platforms()]
    if not reasons:
        return NO_DISPLAY
    # Qt takes the first platform that works.
    return "" if "" in reasons else reasons[0]


def missing_library(error: ImportError) -> str:
    """Return a sentence that names the system library for want of which Qt could not be loaded."""
    return _missing(str(error)) or f"Qt cannot be loaded here ({error}), so no window can be opened."


def _platforms() -> list[str]:
    """Return the platforms that Qt will try, as QGuiApplication chooses them."""
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked:
        return [each.partition(":")[0] for each in asked.split(";") if each]
    found = []
    if os.environ.get("DISPLAY"):
        found.append("xcb")
    if os.environ.get("WAYLAND_DISPLAY"):
        found.append("wayland")
    return found


def _why_not(platform: str) -> str:
    plugin = _plugin(platform)
    if plugin is not None:
        if not plugin.exists():
            return f"Qt has no platform {platform} here (QT_QPA_PLATFORM asks for it), so no window can be opened."
        if reason := _why_not_loaded(plugin):
            return reason
    if platform == "xcb":
        return _why_no_x11()
    if platform.startswith("wayland"):
        return _why_no_wayland()
    return ""


def _plugin(platform: str) -> Path | None:
    """Return where the plugin of a platform is in a PySide6 from a wheel; None where Qt is the system's."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("PySide6")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        plugins = Path(folder, "Qt", "plugins", "platforms")
        if plugins.is_dir():
            return plugins / f"libq{platform}.so"
    return None


def _why_not_loaded(library: Path | str) -> str:
    # Loading it here costs nothing: Qt loads the same file a moment later.
    import ctypes

    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        return _missing(str(error)) or f"{error}, so no window can be opened."
    return ""


def _missing(message: str) -> str:
    match = _LIBRARY.search(message)
    if match is None:
        return ""
    package = _PACKAGES.get(match[1])
    where = f" (Debian's package {package} has it)" if package else ""
    return f"The system library {match[1]} is missing{where}, so no window can be opened."


def _why_no_x11() -> str:
    import ctypes

    if reason := _why_not_loaded("libxcb.so.1"):
        return reason
    # The library that Qt connects with, so that address, socket and authority are understood as Qt understands them.
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"The display {os.environ.get('DISPLAY', '')} does not answer, so no window can be opened." if failed else ""


def _why_no_wayland() -> str:
    import ctypes

    if reason := _why_not_loaded("libwayland-client.so.0"):
        return reason
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    display = wayland.wl_display_connect(None)
    if not display:
        name = os.environ.get("WAYLAND_DISPLAY", "wayland-0")
        return f"The display {name} does not answer, so no window can be opened."
    wayland.wl_display_disconnect(display)
    return ""
