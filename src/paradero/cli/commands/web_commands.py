"""serve, site: a casefile in a browser, from this machine or as files for any web space."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.options import AsJson, Language, case_of, outside
from paradero.cli.output import print_json, progress_bar, say


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (serve, site):
        app.command()(command)


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="The port; 0 takes one that is free.", min=0, max=65_535)] = 8421,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(help="What readers on other machines give as password.", envvar="PARADERO_TOKEN"),
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="The certificate for TLS, PEM.")] = None,
    key: Annotated[Path | None, typer.Option(help="The key of the certificate, PEM.")] = None,
    proxy: Annotated[bool, typer.Option("--proxy", help="A proxy before it brings TLS.")] = False,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A host name the site is asked under, beside its own.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Everything passes disclosure control; nothing can be confirmed.")
    ] = False,
    language: Language = "en",
) -> None:
    """Serve the casefile as pages: read-only, on this machine, until stopped."""
    from paradero.web.serving import Serving
    from paradero.web.serving import serve as serve_until_stopped

    serve_until_stopped(
        case_of(context),
        Serving(
            host=host,
            port=port,
            token=token,
            certificate=certificate,
            key=key,
            is_behind_proxy=proxy,
            names=tuple(name or ()),
            is_public=public,
            language=language,
        ),
        tell=say,
    )


def site(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Option("-o", "--output", help="The folder to write.", callback=outside, show_default=False),
    ],
    most: Annotated[
        int, typer.Option("--most", help="Pages and files at most; what is left out is counted.", min=10)
    ] = 20_000,
    as_json: AsJson = False,
) -> None:
    """Write the public site as files: every page in both languages, a search that works there, hashes of all.

    Everything passes disclosure control, as `serve --public` does. The folder opens from a disk and from any
    web space; it is written whole or not at all, and replaces only a site that this command wrote.
    """
    from paradero.web.fixed.writing import write_site

    advance, finish = progress_bar("pages")
    try:
        written = write_site(
            case_of(context),
            folder,
            most=most,
            tell=lambda done, known: advance("pages", done, min(known, most)),
        )
    finally:
        finish()
    if as_json:
        scope = case_of(context).settings().scope
        print_json(
            {
                "scope": scope,
                "folder": str(folder),
                "pages": written.pages,
                "files": written.files,
                "left_out": written.left_out,
            }
        )
        return
    say(f"{folder}: {written.pages:,} pages and {written.files:,} files; open {folder}/index.html")
    if written.left_out:
        say(f"{len(written.left_out):,} addresses that pages name are not among them; `--json` lists them.")
