"""What a reader of Spanish pages does wrong is told in Spanish; what is not known in Spanish is quoted as English."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest

from paradero.casefile.originals import sources_of
from paradero.model.naming import unknown
from paradero.web import spanish_errors
from paradero.web.spanish_errors import in_spanish
from web.asked import records
from web.crawled import read

QUOTED = "paradero lo explica en inglés"
ASKED = {
    "/nada": "aquí no hay tal página",
    "/people?from=ayer": "no es un día",
    "/people?from=2025-02-01&to=2025-01-01": "Intercámbielos",
    "/people?from=9999-12-31": "posterior a todos los días",
    "/people?facility=NOWHERE-AT-ALL": "no es un centro de estos registros",
    "/people?facility=FABRICATED": "corresponde a varios centros",
    "/people?end=gone": "no es un final de historial",
    "/people?country=NARNIA": "no es una nacionalidad",
    "/people?release=other": "no es un lote de datos",
    "/people?judged=guilty": "no es una elección de personas",
    "/people?name=x": "no es una opción de esta página",
    "/people?page=x": "no es un número entero",
    "/contradictions?page_of_people=99999": "más allá del final",
    "/contradictions?grade=x": "no es un grado",
    "/facilities?sort=x": "no es un orden",
    "/facility/NOWHERE-AT-ALL": "no es un centro de estos registros",
    "/facility/{code}?day=hoy": "no es un día",
    "/facility/{code}?definition=x": "no es una definición de recuento",
    "/person/nadie": "Ninguna fila tiene el identificador",
    "/map?month=1999-01": "no es un mes de este lote",
    "/tables/nada": "no es una tabla",
    "/tables/persons?where=x:is:1": "no es una columna",
    "/tables/persons?where=person_no:is:x": "contiene números enteros",
    "/tables/persons?where=person_no:like:1": "no es un operador",
    "/tables/persons?where=person_no:is:": "falta el valor",
    "/tables/persons?whole=maybe": "no es una elección",
    "/rows/nada": "no es una referencia",
    "/rows/{source}:Detentions%20FY2023:99999999": "la hoja no tiene la fila",
    "/sources/nada": "no es un original",
    "/figures/nada": "no es una cifra",
    "/order/nada": "no es una orden judicial",
    "/event/nada": "no es un hecho",
    "/flight/nada": "no es un hecho",
    "/verdicts/nada": "no es el identificador de una conclusión",
    "/side-by-side?row=a": "Indique dos",
    "/exhibit": "Un anexo probatorio es de conclusiones",
    "/people?without=a": "no es una opción",
    f"/people?name={'x' * 2_100}": "admite como máximo",
}


def _sources() -> str:
    return next(one.source for one in sources_of(records().case) if "Detentions" in one.file_name)


@pytest.mark.parametrize(("address", "words"), ASKED.items())
def test_a_reader_of_spanish_is_told_in_spanish(address: str, words: str) -> None:
    code = read(records().ask("/en/facilities").text)
    first = next(link for link in code.links if link.startswith("/en/facility/")).rpartition("/")[2]
    asked = address.replace("{code}", first).replace("{source}", quote(_sources()))
    answer = records().ask(f"/es{asked}")
    assert answer.status_code in (400, 403, 404), answer.status_code
    page = read(answer.text)
    said = page.text("main")
    assert QUOTED not in said, said
    assert words in said, said
    assert not re.search(r"\b(the|Write|Choose|Did you mean)\b", said.replace("`", " ")), said
    assert QUOTED not in records().ask(f"/en{asked}").text


def test_what_is_not_known_in_spanish_is_marked_as_english() -> None:
    answer = records().ask("/es/sql?text=SELEC%201")
    assert QUOTED in answer.text
    assert "Deje una" in records().ask("/es/sql?text=SELECT%201;SELECT%202").text
    assert '<span class="said" lang="en">The query' in answer.text


def test_values_of_readers_are_words_and_never_sentences() -> None:
    """Whatever stands in the place of a value stays there as it is, braces and quotes among it."""
    for value in ("{asked}", "a` is not a table. `b", "{0}", "%s", "\\1", "x\ny"):
        told = in_spanish(f"`day={value}`: not a day. Write it like 2025-07-04.")
        assert told == f"`day={value}`: no es un día. Escríbalo así: 2025-07-04."
    assert in_spanish("Something else happened. Do this.") is None
    assert in_spanish("`x` is not a thing of another kind. There is none here.") is None
    for known in ([], ["a"], ["aa", "ab"]):
        told = in_spanish(str(unknown("a table", "aaa", known)))
        assert told is not None
        assert told.startswith("`aaa` no es una tabla.")


def test_both_languages_have_the_same_places() -> None:
    text = (Path(spanish_errors.__file__).parent / "errors_es.toml").read_text(encoding="utf-8")
    for one in tomllib.loads(text)["error"]:
        english, spanish = (set(re.findall(r"\{(\w+)\}", one[each])) for each in ("english", "spanish"))
        assert english == spanish, one
        assert one["english"].count("`") == one["spanish"].count("`") or "`true`" in one["spanish"], one
