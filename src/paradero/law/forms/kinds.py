"""The kinds of events with their phases, and what each is called, in English and in Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

# `finding` is a court's statement on a standard; orders speak of it, files of events seldom.
Kind = Literal[
    "removal",
    "return",
    "transfer",
    "release",
    "notice",
    "production",
    "request",
    "hearing",
    "arrest",
    "intake",
    "application",
    "holding",
    "measurement",
    "finding",
]

# The phases of each kind of event, in the order in which they come.
PHASES: Mapping[str, tuple[str, ...]] = {
    "removal": ("departure", "leaves_airspace", "landing", "hand_over"),
    "transfer": ("departure", "landing", "hand_over"),
    "return": ("done",),
    "release": ("done",),
    "notice": ("done",),
    "production": ("done",),
    "request": ("done",),
    "hearing": ("done",),
    "arrest": ("done",),
    "intake": ("done",),
    "application": ("done",),
    "holding": ("begin", "end"),
    "measurement": ("done",),
    "finding": ("done",),
}
RECEIVED = "received"  # what is sent comes in later: no phase of it, but a moment that leads count from
SENT = ("notice", "production", "request")
PHASE_WORDS: Mapping[str, tuple[str, str]] = {
    "departure": ("take-off or departure", "despegue o salida"),
    "leaves_airspace": ("leaving United States airspace", "salida del espacio aéreo de Estados Unidos"),
    "landing": ("landing abroad", "aterrizaje en el extranjero"),
    "hand_over": ("transfer of custody", "entrega de la custodia"),
    "done": ("completion", "cumplimiento"),
    "begin": ("beginning", "inicio"),
    "end": ("end", "fin"),
    RECEIVED: ("receipt", "recepción"),
}

KIND_WORDS: Mapping[Kind, tuple[str, str]] = {
    "removal": ("a removal", "una expulsión"),
    "return": ("a return", "un retorno"),
    "transfer": ("a transfer", "un traslado"),
    "release": ("a release", "una liberación"),
    "notice": ("a notice", "un aviso"),
    "production": ("a filing or production", "una presentación o entrega de documentos"),
    "request": ("a request", "una solicitud"),
    "hearing": ("a hearing", "una audiencia"),
    "arrest": ("an arrest", "un arresto"),
    "intake": ("an intake", "un ingreso"),
    "application": ("an application of the rule", "una aplicación de la norma"),
    "holding": ("a time held in one place", "un tiempo de retención en un mismo lugar"),
    "measurement": ("a measurement", "una medición"),
    "finding": ("a finding of a court", "una declaración de un tribunal"),
}


def untold_in_words(kind: Kind) -> tuple[str, str]:
    """What an event is called of which no file tells, in English and in Spanish."""
    english, spanish = KIND_WORDS[kind]
    noun = spanish.partition(" ")[2]
    return (
        f"{english[0].upper()}{english[1:]} of which no file tells",
        f"Un hecho ({noun}) del que ningún archivo habla",
    )
