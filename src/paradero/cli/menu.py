"""The menu: commands in groups, one line each, as menu.toml lists them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from typer.core import TyperGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Groups of commands by title, and the verbs of commands that have several; each with its summary."""

    groups: Mapping[str, Mapping[str, str]]
    verbs: Mapping[str, Mapping[str, str]]


@functools.cache
def menu() -> Menu:
    """The menu as menu.toml has it."""
    written = tomllib.loads((files("paradero.cli") / "menu.toml").read_text(encoding="utf-8"))
    groups = {group["title"]: group["commands"] for group in written["group"]}
    return Menu(groups=groups, verbs=written["verbs"])


class GroupedHelp(TyperGroup):
    """The root command: its help lists the commands in the groups of the menu."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        for title, commands in menu().groups.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


class VerbsHelp(TyperGroup):
    """A command with verbs: its help lists them as the menu does."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(menu().verbs[ctx.info_name or ""].items()))
