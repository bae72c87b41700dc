"""`briefing completion`: what a shell needs to complete the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

DESCRIPTION = """\
  bash:  briefing completion bash > ~/.local/share/bash-completion/completions/briefing
  zsh:   briefing completion zsh > a folder of $fpath/_briefing
  fish:  briefing completion fish > ~/.config/fish/completions/briefing.fish"""

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(arguments: Namespace) -> int:
    """Print the script."""
    # Imported here: only this verb pays for them.
    import shtab

    from briefing.cli.parser import whole_parser

    # Without the folder, behind which alone a shell would offer the verbs.
    parser = whole_parser(folder=False)
    for action in _actions(parser):
        if action.metavar == "DIR":
            action.complete = shtab.DIRECTORY
        elif action.metavar and "FILE" in action.metavar:
            action.complete = shtab.FILE
    script = shtab.complete(parser, shell=arguments.shell)
    # Where nothing else fits, bash completes files: the folder that may stand in place of a verb.
    print(script.replace("\ncomplete -o bashdefault ", "\ncomplete -o bashdefault -o default "))
    return 0


def _actions(parser: ArgumentParser) -> Iterator[Any]:
    """Yield everything that a parser and those of its verbs take."""
    for action in parser._actions:
        yield action
        if action.nargs == "A..." and isinstance(action.choices, dict):
            for verb in action.choices.values():
                yield from _actions(verb)
