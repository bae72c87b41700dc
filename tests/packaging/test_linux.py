"""What desktops are told of the program is so."""

from __future__ import annotations

import configparser
import fnmatch
import gzip
import re
import shutil
import struct
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import icons
import pytest
from linux import manual
from linux.install import COMPLETIONS, install

from briefing.cli.parser import whole_parser
from briefing.cli.verbs import VERBS

if TYPE_CHECKING:
    from argparse import ArgumentParser

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
METAINFO = LINUX / "org.briefing.briefing.metainfo.xml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are told apart by case
    parser.read(LINUX / "briefing.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def listed(key: str) -> set[str]:
    return set(entry()[key].strip(";").split(";"))


def texts(path: str) -> list[str]:
    return [each.text or "" for each in ElementTree.parse(METAINFO).iterfind(path)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("PySide6.QtSvg", exc_type=ImportError)
    prefix = tmp_path_factory.mktemp("usr")
    install(prefix)
    return prefix / "share"


def test_the_desktop_entry_starts_a_command_that_is_installed() -> None:
    assert entry()["Exec"].split()[0] in PROJECT["scripts"]


def test_the_desktop_entry_s_icon_is_there_in_all_sizes(installed: Path) -> None:
    name = entry()["Icon"]
    for size in icons.LINUX_SIZES:
        data = (installed / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{name}.png").read_bytes()
        assert struct.unpack(">II", data[16:24]) == (size, size)
    assert (installed / "icons" / "hicolor" / "scalable" / "apps" / f"{name}.svg").is_file()
    assert {16, 32, 48, 128, 256, 512} <= set(icons.LINUX_SIZES)


@pytest.mark.needs_qt
def test_an_icon_has_the_program_s_colour_and_clear_corners() -> None:
    from PySide6.QtGui import QImage

    image = QImage.fromData(icons.png(64))
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(32, 5).name() == "#164a80"


def test_the_desktop_entry_and_the_metainfo_tell_the_same() -> None:
    assert texts("launchable") == ["briefing.desktop"]
    assert texts("name") == [entry()["Name"]]
    assert texts("summary") == [entry()["Comment"]]
    assert texts("icon") == [entry()["Icon"]]
    assert set(texts("provides/mediatype")) == listed("MimeType")
    assert set(texts("categories/category")) <= listed("Categories")
    assert texts("project_license") == [PROJECT["license"]]
    assert texts("id") == [METAINFO.name.removesuffix(".metainfo.xml")]


def test_the_newest_release_of_the_metainfo_is_this_version() -> None:
    release = ElementTree.parse(METAINFO).find("releases/release")
    assert release is not None
    assert release.get("version") == PROJECT["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.search(rf"^## \[{re.escape(PROJECT['version'])}\] - (\S+)$", changelog, re.MULTILINE)
    if released is None:
        assert "## [Unreleased]" in changelog
    else:
        assert release.get("date") == released[1]


def test_addresses_and_library_files_are_the_program_s() -> None:
    name = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ElementTree.parse(LINUX / "briefing.xml").find(f"{name}mime-type")
    assert kind is not None
    assert listed("MimeType") == {kind.get("type"), "x-scheme-handler/briefing"}
    patterns = [glob.get("pattern", "") for glob in kind.iterfind(f"{name}glob")]
    bundled = sorted(path.name for path in (ROOT / "resources" / "library").rglob("*.yaml"))
    assert [each for each in bundled if any(fnmatch.fnmatch(each, one) for one in patterns)] == ["library.yaml"]


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", LINUX / "briefing.desktop"],
        ["appstreamcli", "validate", "--pedantic", "--no-net", METAINFO],
    ],
    ids=lambda command: command[0],
)
def test_the_desktop_s_own_checks_find_nothing(command: list[str | Path]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not re.search(r"^[EWIP]: |hint|warning", done.stdout + done.stderr, re.MULTILINE)


def test_everything_is_put_where_it_is_looked_for(installed: Path) -> None:
    found = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert found >= {
        "applications/briefing.desktop",
        f"metainfo/{METAINFO.name}",
        "mime/packages/briefing.xml",
        "man/man1/briefing.1.gz",
        *COMPLETIONS.values(),
    }
    assert "screenshot" in (installed / COMPLETIONS["fish"]).read_text(encoding="utf-8")
    assert gzip.decompress((installed / "man" / "man1" / "briefing.1.gz").read_bytes()).decode() == manual.manual()


def parsers() -> list[tuple[str, ArgumentParser]]:
    whole = whole_parser()
    verbs: dict[str, ArgumentParser] = next(a.choices for a in whole._actions if isinstance(a.choices, dict))
    return [("briefing", whole), *((f"briefing {name}", verbs[name]) for name in VERBS)]


def test_the_manual_page_has_every_verb_and_every_option() -> None:
    page = manual.manual().replace("\\-", "-")
    sections: dict[str, str] = dict(
        re.findall(r"^\.S[HS] (OPTIONS|briefing \w[\w-]*)\n(.*?)(?=^\.S[HS] )", page, re.MULTILINE | re.DOTALL)
    )
    assert set(sections) == {"OPTIONS", *(f"briefing {name}" for name in VERBS)}
    for name, parser in parsers():
        section = sections.get(name, sections["OPTIONS"])
        for action in parser._actions:
            for option in action.option_strings:
                assert f"\\fB{option}\\fR" in section, (name, option)


def test_nothing_in_a_help_text_commands_the_manual_page() -> None:
    assert manual._text(".TH a-b\\c") == r"\&.TH a\-b\ec"


def test_the_manual_page_is_set_without_a_warning(tmp_path: Path) -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    page = tmp_path / "briefing.1"
    page.write_text(manual.manual(), encoding="utf-8")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", page], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stderr == ""
