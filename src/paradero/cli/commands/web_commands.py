"""serve: a casefile in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paradero.cli.options import Language, case_of
from paradero.cli.output import say


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(serve)


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
