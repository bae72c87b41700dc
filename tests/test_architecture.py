"""The rules of the house, each as a sentence."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "briefing"

# Data moves from left to right, imports point to the left.
LAYERS = ("records", "search", "library", "document", "printing", "app", "cli")
EVERYBODY = ("errors", "resources", "program")

# A module that may be imported in one place only: (what, the place).
DOORS = {
    "yaml": "briefing.records.reader",
    "sqlite3": "briefing.library.catalogue",
    "tantivy": "briefing.search.index",
    "watchfiles": "briefing.library.watcher",
    "typst": "briefing.printing.compositor",
    "babel": "briefing.document.translation",
    "pikepdf": "briefing.printing.finish",
    "pypdfium2": "briefing.printing.pages",
    "importlib.resources": "briefing.resources",
    "pkgutil": "briefing.resources",
}
THREADS = {
    "threading",
    "_thread",
    "asyncio",
    "concurrent.futures.thread",
    "concurrent.futures.ThreadPoolExecutor",
    "multiprocessing.pool.ThreadPool",
    "multiprocessing.dummy",
}
QT_THREADS = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}
QT_APPLICATIONS = {"QApplication", "QGuiApplication", "QCoreApplication"}
QT_MESSAGE_BOXES = {"QMessageBox", "QErrorMessage"}
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "http",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "telnetlib",
    "xmlrpc",
    "wsgiref",
    "webbrowser",
    "PySide6.QtNetwork",
    "PySide6.QtNetworkAuth",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebView",
}
VAGUE_NAMES = {"util", "utils", "common", "helper", "helpers", "misc"}
LONGEST = 400
LONGEST_MAIN_WINDOW = 300


@dataclass(frozen=True)
class Module:
    """One module's source: its dotted name, what it imports at any depth, and its tree."""

    name: str
    tree: ast.Module
    lines: int
    is_package: bool = False
    imports: tuple[tuple[str, int], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "imports", tuple(_imports(self)))

    @property
    def layer(self) -> str:
        """The part of the house that it stands in; the two entrances count as the command line."""
        parts = self.name.split(".")
        if len(parts) == 1:
            return ""
        return "cli" if parts[1] == "__main__" else parts[1]

    @property
    def panel(self) -> str:
        """The folder below `app` that it stands in, if any."""
        parts = self.name.split(".")
        deep = len(parts) > 3 or (len(parts) == 3 and self.is_package)
        return parts[2] if deep and parts[1] == "app" else ""

    def imports_of(self, what: str) -> Iterator[str]:
        """Yield the places at which it imports a module, something in it, or something below it."""
        for target, line in self.imports:
            if target == what or target.startswith(f"{what}."):
                yield f"{self.name}:{line} imports {target}"


def _imports(module: Module) -> Iterator[tuple[str, int]]:
    package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{origin}.{alias.name}", node.lineno
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            first = node.args[0] if node.args else None
            known = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield (str(first.value) if known and isinstance(first, ast.Constant) else "<anything>"), node.lineno


def _called(node: ast.Call) -> str:
    """Return the last part of the name that is called."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_dotted(value)}.{name}"
        case ast.Call(func=func):
            return f"{_dotted(func)}()"
    return "?"


def module_from(source: str, name: str, *, is_package: bool = False) -> Module:
    """Make a module from text."""
    return Module(name, ast.parse(source), source.count("\n") + (not source.endswith("\n")), is_package)


@cache
def modules() -> tuple[Module, ...]:
    """Read every module of the program."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(module_from(path.read_text(encoding="utf-8"), name, is_package=is_package))
    return tuple(found)


def backward_imports(module: Module) -> list[str]:
    """List the imports that point to the right, or around the layers."""
    found = []
    for target, line in module.imports:
        parts = target.split(".")
        if parts[0] != "briefing" or len(parts) == 1:
            continue
        there = parts[1]
        if there in LAYERS and module.layer in LAYERS:
            right = LAYERS.index(there) > LAYERS.index(module.layer)
        elif there in LAYERS:
            right = True  # errors and resources stand below every layer
        else:
            right = there not in EVERYBODY and not there.startswith("__")
        if right:
            found.append(f"{module.name}:{line} imports {target}")
    return found


def panel_imports(module: Module) -> list[str]:
    """List the imports by which a panel knows another one or the main window."""
    if not module.panel:
        return []
    found = []
    panels = {each.panel for each in modules()} - {""}
    for target, line in module.imports:
        parts = target.split(".")
        if parts[:2] != ["briefing", "app"] or len(parts) < 3:
            continue
        if parts[2] in {"main_window", "app"} or (parts[2] in panels and parts[2] != module.panel):
            found.append(f"{module.name}:{line} imports {target}")
    return found


def names_used(module: Module, names: set[str]) -> list[str]:
    """List the places where one of these names is read or imported."""
    found = []
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in names:
                found.append(f"{module.name}:{node.lineno} uses {name}")
            case ast.ImportFrom(names=aliases):
                found += [f"{module.name}:{node.lineno} imports {a.name}" for a in aliases if a.name in names]
    return found


def calls_of(module: Module, names: set[str]) -> list[str]:
    """List the places where one of these dotted names is called."""
    return [
        f"{module.name}:{node.lineno} calls {_dotted(node.func)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _dotted(node.func) in names
    ]


def dangerous_calls(module: Module) -> list[str]:
    """List the places that run text as code, or unpack a file that may hold code."""
    found = calls_of(
        module,
        {
            *("eval", "exec", "compile", "os.system", "os.popen"),
            *("pickle.load", "pickle.loads", "pickle.Unpickler", "marshal.load", "marshal.loads", "shelve.open"),
            *("yaml.load_all", "yaml.full_load", "yaml.unsafe_load", "yaml.UnsafeLoader", "yaml.FullLoader"),
            *("yaml.load", "yaml.CLoader", "yaml.Loader", "yaml.CUnsafeLoader", "yaml.CFullLoader"),
        },
    )
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and any(word.arg == "shell" for word in node.keywords):
            name = _dotted(node.func)
            if name.startswith("subprocess.") or name in {"run", "Popen", "check_output", "check_call", "call"}:
                found.append(f"{module.name}:{node.lineno} says shell= to {name}")
    return found


def everywhere_but(*places: str) -> Iterator[Module]:
    """Yield the modules that are neither one of these nor below one of them."""
    for module in modules():
        if not any(module.name == place or module.name.startswith(f"{place}.") for place in places):
            yield module


def test_each_part_imports_only_parts_to_its_left() -> None:
    assert [each for module in modules() for each in backward_imports(module)] == []


def test_every_part_of_the_house_is_known_to_these_rules() -> None:
    assert {module.layer for module in modules()} == {"", *LAYERS, *EVERYBODY}


def test_panels_import_neither_each_other_nor_the_main_window() -> None:
    assert [each for module in modules() for each in panel_imports(module)] == []


def test_only_the_composition_root_imports_the_main_window() -> None:
    assert [
        each for module in everywhere_but("briefing.app.app") for each in module.imports_of("briefing.app.main_window")
    ] == []


@pytest.mark.parametrize(("what", "door"), DOORS.items(), ids=DOORS)
def test_one_module_alone_imports_it_and_the_self_test_that_tries_whether_it_can_be(what: str, door: str) -> None:
    others = everywhere_but(door, "briefing.cli.self_checks")
    assert [each for module in others for each in module.imports_of(what)] == []


def test_nothing_but_the_window_imports_qt() -> None:
    assert [
        each
        for module in everywhere_but("briefing.app")
        for what in ("PySide6", "shiboken6")
        for each in module.imports_of(what)
    ] == []


def test_nothing_but_the_composition_root_creates_an_application() -> None:
    assert [each for m in everywhere_but("briefing.app.app") for each in calls_of(m, QT_APPLICATIONS)] == []


def test_nobody_fetches_the_application_or_the_window_from_thin_air() -> None:
    instances = {f"{name}.instance" for name in QT_APPLICATIONS}
    assert [each for module in modules() for each in calls_of(module, {*instances, "self.window"})] == []


def test_only_jobs_has_threads() -> None:
    for module in everywhere_but("briefing.app.jobs"):
        assert [each for what in THREADS for each in module.imports_of(what)] == []
        assert names_used(module, QT_THREADS) == []


def test_only_notify_has_message_boxes() -> None:
    assert [each for m in everywhere_but("briefing.app.notify") for each in names_used(m, QT_MESSAGE_BOXES)] == []


def test_only_resources_knows_where_shipped_files_are() -> None:
    assert [each for m in everywhere_but("briefing.resources") for each in names_used(m, {"__file__"})] == []


def test_only_settings_knows_where_the_settings_file_is() -> None:
    names = {"user_config_dir", "user_config_path", "QSettings"}
    # The self-test gives the program that it starts a folder of its own for them.
    for module in everywhere_but("briefing.app.settings_file", "briefing.cli.self_checks"):
        assert names_used(module, names) == []
        constants = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)]
        assert "BRIEFING_CONFIG" not in constants, module.name


def test_the_settings_can_be_read_without_qt() -> None:
    for name in ("briefing.app", "briefing.app.settings", "briefing.app.settings_file"):
        module = next(each for each in modules() if each.name == name)
        assert [*module.imports_of("PySide6")] == []
        others = {target for target, _ in module.imports if target.startswith("briefing.app")}
        assert others <= {"briefing.app.settings_file"}


def test_nothing_speaks_to_a_network() -> None:
    assert [each for m in modules() for what in NETWORK for each in m.imports_of(what)] == []


def test_nothing_runs_text_as_code() -> None:
    assert [each for module in modules() for each in dangerous_calls(module)] == []


def test_imports_are_written_out() -> None:
    assert [each for module in modules() for each in module.imports_of("<anything>")] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [m.name for m in modules() if VAGUE_NAMES & set(m.name.split("."))] == []


def test_no_module_is_above_400_lines() -> None:
    assert {m.name: m.lines for m in modules() if m.lines > LONGEST} == {}


def test_the_main_window_is_under_300_lines() -> None:
    window = next(module for module in modules() if module.name == "briefing.app.main_window")
    assert window.lines < LONGEST_MAIN_WINDOW


def test_every_module_says_what_it_is_for() -> None:
    assert [module.name for module in modules() if not ast.get_docstring(module.tree)] == []


def test_an_import_counts_wherever_it_stands() -> None:
    module = module_from(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from briefing.app import session\n"
        "def work():\n    import briefing.cli.parser\n    from ..search import index\n"
        "    importlib.import_module('briefing.printing')\n",
        "briefing.library.fake",
    )
    assert backward_imports(module) == [
        "briefing.library.fake:3 imports briefing.app.session",
        "briefing.library.fake:5 imports briefing.cli.parser",
        "briefing.library.fake:7 imports briefing.printing",
    ]
    assert [*module.imports_of("briefing.search")] == ["briefing.library.fake:6 imports briefing.search.index"]


def test_errors_and_resources_import_no_layer() -> None:
    module = module_from("from briefing.records import kinds\n", "briefing.errors")
    assert backward_imports(module) == ["briefing.errors:1 imports briefing.records.kinds"]


def test_a_panel_that_knows_another_is_found() -> None:
    panels = sorted({module.panel for module in modules()} - {""})
    one, other = panels[:2]
    imports = (f"from briefing.app.{other} import view", f"from briefing.app.{one} import model")
    source = "\n".join((*imports, "import briefing.app.main_window"))
    assert panel_imports(module_from(source, f"briefing.app.{one}.fake")) == [
        f"briefing.app.{one}.fake:1 imports briefing.app.{other}.view",
        f"briefing.app.{one}.fake:3 imports briefing.app.main_window",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "eval('1')",
        "pickle.loads(data)",
        "yaml.load(text, Loader=yaml.CSafeLoader)",
        "subprocess.run('ls', shell=True)",
        "os.system('ls')",
    ],
)
def test_text_run_as_code_is_found(source: str) -> None:
    assert len(dangerous_calls(module_from(source, "briefing.fake"))) == 1
