"""What each kind of event is called, in English and in Spanish."""

from __future__ import annotations

from collections.abc import Mapping

from paradero.law.events import Kind

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
