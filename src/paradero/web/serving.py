"""Serve a casefile: on this machine alone, or elsewhere to those who have the token, over TLS or behind a
proxy.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paradero.casefile.folder import Casefile
from paradero.engines.lending import bound_memory
from paradero.model.errors import ParaderoError, UnknownName
from paradero.web.guards.admitting import LOOPBACK

_LEAST_TOKEN = 16  # letters
_WAITING = 128  # connections that the system holds while all are busy
_IDLE_S = 5
_STOP_S = 5
_HEAD_BYTES = 16_384
# of the engine: with what Python takes, a site of 5 million stints stays below 1.5 GB
_MOST_MEMORY = "300MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where and how a site is served: `host` and `port`, the `token` that readers elsewhere must have, a
    certificate and its key, or a proxy on this machine that brings TLS; `names` are those it is asked under.
    """

    host: str = "127.0.0.1"
    port: int = 8421
    token: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    is_behind_proxy: bool = False
    names: tuple[str, ...] = ()
    is_public: bool = False
    language: str = "en"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK

    @property
    def is_reached_from_elsewhere(self) -> bool:
        """Whether others read it: by its own address, or through a proxy or tunnel that asks under a name."""
        return not self.is_loopback or self.is_behind_proxy or bool(self.names)

    def check(self) -> None:
        """Raises UnknownName where others could reach the site without a token, or read along."""
        if not self.is_reached_from_elsewhere:
            return
        if self.is_loopback:
            self._check_relayed()
            return
        if not self.token:
            raise UnknownName(
                f"`--host {self.host}` lets other machines ask. Give `--token` with {_LEAST_TOKEN} letters or"
                " more, or leave `--host` out."
            )
        self._check_long(self.token)
        if not self.is_behind_proxy and (self.certificate is None or self.key is None):
            raise UnknownName(
                f"`--host {self.host}` would send the token in the clear. Give `--certificate` and `--key`,"
                " or `--proxy` where a proxy brings TLS."
            )

    def _check_relayed(self) -> None:
        """Raises UnknownName where what asks on this machine asks for others, who have no token and to whom
        not everything is public.
        """
        if self.token:
            self._check_long(self.token)
        elif not self.is_public:
            option = "--proxy" if self.is_behind_proxy else "--name"
            raise UnknownName(
                f"`{option}` lets others ask through this machine. Give `--token` with {_LEAST_TOKEN} letters"
                " or more, or `--public`, or leave it out."
            )

    def _check_long(self, token: str) -> None:
        if len(token) < _LEAST_TOKEN:
            raise UnknownName(
                f"`--token`: too short to keep others out. Give {_LEAST_TOKEN} letters or more."
            )


def serve(case: Casefile, serving: Serving, *, tell: Callable[[str], None]) -> None:
    """Serve until stopped. Raises ParaderoError where the extra is not installed or the port is taken."""
    serving.check()
    try:
        import uvicorn
    except ImportError as error:
        raise ParaderoError(
            "The site needs starlette and uvicorn. Run `pip install 'paradero[web]'`."
        ) from error
    from paradero.answers.verdicts.auditing import SUPPOSED
    from paradero.disk.passing import remove_left_behind
    from paradero.web.application import SiteSettings, application
    from paradero.web.guards.hurrying import Hurried

    remove_left_behind(SUPPOSED)  # a server that was killed left its own
    app = application(
        case,
        SiteSettings(
            language=serving.language,
            is_public=serving.is_public,
            hosts=(*LOOPBACK, *serving.names, *(() if serving.is_loopback else (serving.host,))),
            token=serving.token,
            may_write=not serving.is_public and not serving.is_reached_from_elsewhere,
        ),
    )
    bound_memory(_MOST_MEMORY)
    listening = _listening(serving)
    port = listening.getsockname()[1]
    scheme = "https" if serving.certificate else "http"
    shown = f"[{serving.host}]" if ":" in serving.host else serving.host
    tell(f"{case.settings().title}: {scheme}://{shown}:{port}/ (stop with Ctrl-C)")
    config = uvicorn.Config(
        app,
        http=Hurried,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,  # an address can name somebody
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_STOP_S,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
        ssl_version=ssl.PROTOCOL_TLS_SERVER,
    )
    threading.Thread(target=app.state.site.write_first_pages, daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def _listening(serving: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((serving.host, serving.port))
    except OSError as error:
        listening.close()
        raise ParaderoError(
            f"{serving.host}:{serving.port} cannot be listened on ({error.strerror}). Give another `--port`."
        ) from error
    listening.listen(_WAITING)
    listening.setblocking(False)
    return listening
