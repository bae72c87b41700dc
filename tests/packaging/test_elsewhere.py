"""Packages for systems that are not here: what can be looked at without them."""

from __future__ import annotations

import ast
import plistlib
import re
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import icons
import pytest
import yaml
from pyinstaller import parts

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"
TEXTS = [
    path
    for path in PACKAGING.rglob("*")
    if path.is_file() and path.suffix not in (".png", ".pyc") and "__pycache__" not in path.parts
]


def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((PACKAGING / "flatpak" / "org.briefing.briefing.yaml").read_text())
    return loaded


def test_the_flatpak_has_no_network() -> None:
    asked = manifest()["finish-args"]
    assert [each for each in asked if "network" in each or each.startswith("--socket=session-bus")] == []
    assert "--filesystem=host:ro" in asked
    assert "url" not in str(manifest()["modules"])


def test_the_flatpak_is_made_from_files_that_are_here() -> None:
    (module,) = manifest()["modules"]
    places = [(PACKAGING / "flatpak" / source["path"]).resolve() for source in module["sources"]]
    assert [place for place in places if not place.exists() and ROOT / "build" not in place.parents] == []
    assert any("packaging/linux/install.py" in command for command in module["build-commands"])


def test_the_flatpak_gives_the_name_of_its_id_to_what_it_installs() -> None:
    assert manifest()["id"] == "org.briefing.briefing"
    assert (PACKAGING / "linux" / manifest()["rename-desktop-file"]).is_file()
    (module,) = manifest()["modules"]
    assert any(f"mv briefing.xml {manifest()['id']}.xml" in command for command in module["build-commands"])


def test_the_bundle_for_macos_takes_libraries_and_addresses() -> None:
    info = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert [scheme for each in info["CFBundleURLTypes"] for scheme in each["CFBundleURLSchemes"]] == ["briefing"]
    assert info["CFBundleDocumentTypes"][0]["LSHandlerRank"] == "Alternate"


@pytest.mark.needs_qt
def test_the_icon_for_macos_has_a_whole_picture_of_each_size() -> None:
    data = icons.icns()
    assert data[:8] == b"icns" + struct.pack(">I", len(data))
    found = {}
    place = 8
    while place < len(data):
        kind, length = struct.unpack(">4sI", data[place : place + 8])
        picture = data[place + 8 : place + length]
        found[kind] = struct.unpack(">II", picture[16:24])
        place += length
    assert found == {kind: (size, size) for kind, size in icons.MACOS_TYPES.items()}


@pytest.mark.needs_qt
def test_the_icon_for_windows_has_a_whole_picture_of_each_size() -> None:
    data = icons.ico()
    _, kind, number = struct.unpack("<HHH", data[:6])
    assert (kind, number) == (1, len(icons.WINDOWS_SIZES))
    for index, size in enumerate(icons.WINDOWS_SIZES):
        width, height, *_, length, place = struct.unpack("<BBBBHHII", data[6 + 16 * index : 22 + 16 * index])
        assert (width, height) == (size % 256, size % 256)
        picture = data[place : place + length]
        assert picture[:4] == b"\x89PNG"
        assert struct.unpack(">II", picture[16:24]) == (size, size)
    assert place + length == len(data)


@pytest.mark.parametrize("name", ["briefing.jpg", "briefing.png"])
def test_an_icon_of_no_form_or_no_size_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        icons.write(tmp_path / name)


def test_windows_is_told_the_version(tmp_path: Path) -> None:
    text = parts.version_file(PACKAGING, "1.2.3", tmp_path).read_text(encoding="utf-8")
    assert ast.parse(text, mode="eval")
    assert "filevers=(1, 2, 3, 0)" in text
    assert "'ProductVersion', '1.2.3'" in text


def test_the_installer_for_windows_starts_programs_that_the_spec_makes() -> None:
    script = (PACKAGING / "windows" / "briefing.iss").read_text(encoding="utf-8")
    spec = (PACKAGING / "pyinstaller" / "briefing.spec").read_text(encoding="utf-8")
    programs = set(re.findall(r"\{app\}\\([\w-]+)\.exe", script))
    assert programs == {"briefing-window"}
    assert [name for name in programs if f'"{name}"' not in spec] == []
    assert "LicenseFile=LICENSE" in script
    # What it writes down it takes away again: each key that it makes is one of these, or below one.
    keys = re.findall(r'Subkey: "([^"]+)"(.*)', script)
    own = {key for key, rest in keys if "uninsdelete" in rest}
    assert [key for key, _ in keys if not any(key == each or key.startswith(f"{each}\\") for each in own)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(PACKAGING).as_posix())
def test_no_package_names_a_place_of_one_machine_or_asks_a_network(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    addresses = [each for each in re.findall(r"https?://([\w.-]+)", text) if each not in KNOWN]
    assert addresses == []
    assert not re.search(r"/root/|/home/(?!reader)|/tmp/(?!briefing\.deb)", text)


def test_the_program_is_never_asked_for_by_its_name_where_others_may_have_that_name() -> None:
    scripts = [*TEXTS, ROOT / ".ci" / "run"]
    lines = [line for path in scripts for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()]
    asked = [line for line in lines if re.search(r"pip3? (install|download|wheel)\b.* briefing$", line)]
    assert asked
    assert [line for line in asked if "--no-index" not in line] == []


# Names of formats, which nobody asks anything.
KNOWN = {"www.freedesktop.org", "www.debian.org", "www.apple.com"}


def test_every_override_of_lintian_has_its_reason() -> None:
    lines = (PACKAGING / "debian" / "lintian-overrides").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    for before, line in pairwise(lines):
        assert line.startswith(("#", "briefing")) or not line
        assert not line.startswith("briefing") or before.startswith(("# ", "briefing"))
