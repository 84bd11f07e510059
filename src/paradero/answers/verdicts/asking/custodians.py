"""Who keeps a record, and what is answered to a refusal of it."""

from __future__ import annotations

import functools
from importlib.resources import files

import msgspec

from paradero.answers.words import Words


class Custodian(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who keeps the records whose names have one of the `words`: a party, the `component` of an agency that
    answers for it under FOIA, and the `keeper` who has it besides and is no party, unless an order binds
    somebody by one of the `keeper_words`.
    """

    words: list[str]
    custodian: str
    custodian_es: str
    component: str
    keeper: str = ""
    keeper_es: str = ""
    keeper_words: list[str] = []


class _Exemption(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is answered to a refusal that has one of the `marks`."""

    marks: list[str]
    foia: str
    foia_es: str
    discovery: str
    discovery_es: str


class _Custodians(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    custodian: list[Custodian]


class _Exemptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    exemption: list[_Exemption]


def custodian_of(record: str) -> Custodian:
    """Who keeps a record, by its name; the last entry, a blank to fill in, where no other knows it."""
    name = record.casefold()
    known = _custodians()
    return next((one for one in known if any(word.casefold() in name for word in one.words)), known[-1])


def contested(claims: tuple[str, ...], words: Words, *, in_discovery: bool) -> list[str]:
    """What is answered to each exemption or privilege that is likely to be claimed, each answer once."""
    found: dict[str, None] = {}
    for claim in claims:
        met = [one for one in _exemptions() if any(mark in claim for mark in one.marks)]
        for one in met or [_exemptions()[-1]]:
            text = (
                words.of(one.discovery, one.discovery_es) if in_discovery else words.of(one.foia, one.foia_es)
            )
            found[text.format(claimed=claim)] = None
    return list(found)


@functools.cache
def _custodians() -> list[Custodian]:
    text = (files("paradero.answers.verdicts.asking") / "custodians.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Custodians).custodian


@functools.cache
def _exemptions() -> list[_Exemption]:
    text = (files("paradero.answers.verdicts.asking") / "exemptions.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Exemptions).exemption
