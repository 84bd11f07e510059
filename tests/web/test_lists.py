"""What lists are asked for and cannot give is named, and no file stands beside rows that it does not hold."""

from __future__ import annotations

import pytest

from web.asked import records
from web.crawled import read
from web.read_tables import Read


@pytest.mark.parametrize(
    ("path", "english", "spanish"),
    [
        ("people?gaps=no", "`gaps=no`", "`gaps=no`"),
        ("people?conflicts=false", "`conflicts=false`", "`conflicts=false`"),
        (
            "contradictions?grade=nosuch",
            "`nosuch` is not a grade of contradictions",
            "`nosuch` no es un grado de contradicción",
        ),
        ("contradictions?grade=sever", "Did you mean `severe`", "¿Quiso decir `severe`"),
        ("contradictions?page_of_people=9999", "past the end", "más allá del final"),
        ("facilities?page=9999", "past the end", "más allá del final"),
        ("facilities?q=zzzz&page=2", "past the end", "más allá del final"),
    ],
)
def test_what_a_list_has_not_is_named(path: str, english: str, spanish: str) -> None:
    for language, words in (("en", english), ("es", spanish)):
        answer = records().ask(f"/{language}/{path}")
        assert answer.status_code == 404
        assert words in Read(answer.text).text


def test_a_choice_may_be_said_in_several_words() -> None:
    shown = {Read(records().ask(f"/en/people?gaps={word}").text).lead for word in ("on", "1", "yes", "True")}
    assert len(shown) == 1
    assert shown != {Read(records().ask("/en/people").text).lead}


def test_the_file_of_all_facilities_stands_beside_all_of_them() -> None:
    for options, has_file in (
        ("", True),
        ("?sort=name", True),
        ("?state=TX", False),
        ("?q=fabricated", False),
    ):
        links = read(records().ask(f"/en/facilities{options}").text).links
        assert any("/files/tables/facilities.csv" in link for link in links) is has_file, options
