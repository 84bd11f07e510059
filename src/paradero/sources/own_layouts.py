"""Layouts that a user writes: the columns of a release that paradero does not know, each as a column of a
kind that it does.
"""

from __future__ import annotations

import functools

import msgspec

from paradero.authored.declared import AuthoredError, Mistakes, place_in, read
from paradero.model.naming import unknown
from paradero.sources.layouts import Layout, Variant, layout_of, layouts, normal


class OwnLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`layouts/*.toml`. Every row of the release is a record of `kind`; `columns` says which header is
    which of the kind's columns, `constants` what is the same in every row and stands in none.

    `withheld` are headers whose cells name or number a person: counted, and never taken. `aside` are headers
    whose cells stay with the cells as received. Headers that are named nowhere go to `extra`, as those of
    every source that no layout declares.
    """

    name: str
    kind: str
    columns: dict[str, str]
    constants: dict[str, str] = {}
    withheld: list[str] = []
    aside: list[str] = []
    note: str = ""


def read_own_layout(text: str, *, file: str) -> OwnLayout:
    """The layout of a file; raises AuthoredError with every mistake in it, each with its line."""
    declared, mistakes = read(text, OwnLayout, file=file), Mistakes()
    form = declared.form
    kinds = [layout.kind for layout in layouts()]
    if form.kind not in kinds:
        raise AuthoredError(
            str(unknown("a kind of source", form.kind, kinds, place=place_in(text, file, ["kind"])))
        )
    layout = layout_of(form.kind)
    names = [column.name for column in layout.column if not column.identifier]
    given = {("columns", header): column for header, column in form.columns.items()}
    for place, column in [*given.items(), *((("constants", name), name) for name in form.constants)]:
        if column not in names:
            where = place_in(text, file, place)
            mistakes.add(str(unknown(f"a column of {form.kind}", column, names, place=where)))
    seen: dict[str, str] = {}
    for (_, header), column in given.items():
        if column in seen:
            mistakes.add(
                f"{place_in(text, file, ['columns', header])}: `{column}` is `{seen[column]}` already."
                " Name one header for a column."
            )
        seen.setdefault(column, header)
    for required in [column.name for column in layout.column if column.required]:
        if required not in {*form.columns.values(), *form.constants}:
            mistakes.add(
                f"{place_in(text, file, ['columns'])}: no header is `{required}`, without which no row is"
                f" one of {form.kind}. Name the header that is."
            )
    mistakes.settle()
    return form


@functools.lru_cache(maxsize=64)
def layout_with(kind: str, own: str) -> Layout:
    """The layout of a kind, under what a user wrote over it (blank for nothing): the user's headers and no
    other spellings of the columns that they are.
    """
    layout = layout_of(kind)
    if not own:
        return layout
    form = read_own_layout(own, file=f"{kind} layout")
    spelled = {column: header for header, column in form.columns.items()}
    headers = {normal(header) for header in (*form.columns, *form.withheld, *form.aside)}
    return msgspec.structs.replace(
        layout,
        column=[
            msgspec.structs.replace(
                column,
                headers=[spelled[column.name]]
                if column.name in spelled
                else [header for header in column.headers if normal(header) not in headers],
                required=column.required and column.name not in form.constants,
            )
            for column in layout.column
        ],
        variant=[Variant(name=form.name, marks=list(form.columns))],
        least_headers=min(2, len(form.columns)),
        identifying=[*map(normal, form.withheld), *layout.identifying],
        aside=[*map(normal, form.aside), *layout.aside],
        own=own,
    )


def constants_of(layout: Layout) -> dict[str, str]:
    """What a user's layout says of every row; nothing where there is none."""
    return read_own_layout(layout.own, file=f"{layout.kind} layout").constants if layout.own else {}
