"""What would make a claim checkable that is not: the count, moment, cost or source that is missing."""

from __future__ import annotations

from paradero.claims.checking import Checked
from paradero.claims.pairs import Told
from paradero.model.units import parse_unit

_PERSON = parse_unit("people")

_BY_UNIT = {
    "words": (
        "a record, or a source other than {by}, that says which answer is so",
        "un registro, o una fuente distinta de {by}, que diga qué respuesta es la cierta",
    ),
    "time": (
        "a moment of an event or order for this subject, with its time by a source other than {by}",
        "un momento de un suceso u orden para este asunto, con la hora que da una fuente distinta de {by}",
    ),
}
_SHARE = (
    "the numbers that the share is of ({names}), which {by} does not give",
    "los números de los que es la proporción ({names}), que {by} no da",
)
_COUNT = (
    "a count of the balance for this subject, by a source other than {by}",
    "un recuento del balance para este asunto, de una fuente distinta de {by}",
)
_MEASURE = (
    "a result of the costs or a measure for this subject, by a source other than {by}",
    "un resultado de los costos o una medida para este asunto, de una fuente distinta de {by}",
)
_NAMED = {
    "count": (
        "the count `{name}` by a source other than {by}",
        "el recuento `{name}`, de una fuente distinta de {by}",
    ),
    "moment": (
        "the moment `{name}` by a source other than {by}",
        "el momento `{name}`, de una fuente distinta de {by}",
    ),
    "result": ("the inputs of the result `{name}`", "los datos del resultado `{name}`"),
}


def would_need(one: Checked) -> tuple[Told, ...]:
    """What is missing to check a claim, nothing for one that could be checked: first what the subject's file
    says would settle it, then what this casefile lacks.
    """
    if one.verdict != "not_checkable":
        return ()
    subject = one.claim.subject
    stated = ((subject.would_need, subject.would_need_es),) if subject.would_need else ()
    return (*stated, _lacking(one))


def _lacking(one: Checked) -> Told:
    """What the casefile has not: closer bounds where the subject rests on something, else what it could rest
    on, by the unit of its claims.
    """
    claim, subject = one.claim, one.claim.subject
    for kind, (english, spanish) in _NAMED.items():
        if name := getattr(subject, kind):
            is_bounded = one.lo is not None or one.hi is not None
            said = english.format(name=name, by=claim.file.by), spanish.format(name=name, by=claim.file.by)
            return (
                f"{'closer bounds' if is_bounded else 'a bound'} on {said[0]}",
                f"{'límites más estrechos' if is_bounded else 'un límite'} para {said[1]}",
            )
    missing = [name for name in ("part", "of") if getattr(claim.file, name) is None]
    if subject.unit in _BY_UNIT:
        found = _BY_UNIT[subject.unit]
    elif subject.unit == "percent" and missing:
        found = _SHARE
    else:
        found = _COUNT if parse_unit(subject.unit) == _PERSON else _MEASURE
    names = ", ".join(f"`{name}`" for name in missing)
    return found[0].format(by=claim.file.by, names=names), found[1].format(by=claim.file.by, names=names)
