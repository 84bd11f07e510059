"""A rule, order or event of the user's own that is not as it has to be: the error names the file, the line
and the reason; nothing is judged by it.
"""

from pathlib import Path

import pytest
from judged import act, event, order
from own_rule import CASES, RULE, TEST, rule

from paradero.answers.law.law_files import rules_of, try_rules
from paradero.answers.law.rule_cases import run_cases
from paradero.authored.declared import AuthoredError
from paradero.law.events import read_event
from paradero.law.orders import read_order
from paradero.law.rules import read_rule


def test_a_rule_of_ones_own_works_like_any_other(tmp_path: Path) -> None:
    rules = rules_of(None, [rule(tmp_path)])
    assert [each.wrong for each in try_rules([rules["own-rule"]])] == [()]
    assert set(rules_of(None, [tmp_path])) == set(rules)  # a folder of rules, too


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"toml": RULE.replace('nature = "indicator"', 'nature = "guess"')}, r"rule\.toml line 3: expected one of `law`, `policy`, `indicator` in `nature`, found `guess`\. Write one"),
        ({"toml": RULE.replace('severity = "note"\n', "")}, r"rule\.toml line 1: expected the field `severity`, found none"),
        ({"toml": RULE.replace("unit =", "units =")}, r"rule\.toml line 7: expected a field, found `units`, which is none\. Did you mean `unit`"),
        ({"toml": RULE.replace("[[version]]", "[[version")}, r"rule\.toml line 13: expected TOML"),
        ({"toml": RULE.replace("PT24H", "a day")}, r"rule\.toml line 14: Expected a duration"),
        ({"toml": RULE.replace('url = "https', 'address = "https')}, r"rule\.toml line 21: expected a field in version\[0\]\.text\[0\], found `address`, which is none\. .*Its fields are: .*url"),
        ({"toml": RULE + RULE[RULE.index("[[fact]]") :]}, r"rule\.toml line 32: expected each id of a fact once, found `book_out` twice"),
        ({"sql": TEST.replace("FROM stint_spans s", "FRM stint_spans s")}, r"test\.sql line 11: expected one SELECT that can be parsed"),
        ({"sql": TEST.replace("s.book_in AS event_lo", "s.booked_in AS event_lo")}, r"test\.sql line 7: .*booked_in"),
        ({"sql": TEST.replace("TRUE AS is_bound", "TRUE AS bound")}, r"test\.sql line 6: expected the columns .*missing is_bound, too many bound"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM read_csv('/etc/passwd') s")}, r"test\.sql line 11: expected only documented tables after FROM, found the function `read_csv`"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM '/etc/passwd' s")}, r"test\.sql line 11: expected only tables that the head lists as inputs, found `/etc/passwd`"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM persons s")}, r"test\.sql line 11: expected only tables that the head lists as inputs, found `persons`"),
        ({"sql": TEST.replace("inputs: stint_spans", "inputs: ingested_detentions")}, r"test\.sql line 2: expected documented tables as inputs .*`ingested_detentions`"),
        ({"sql": TEST.replace("TRUE AS is_bound", "random() > 0.5 AS is_bound")}, r"test\.sql line 7: expected functions of the records only, found `random`"),
        ({"sql": TEST + ";\nCOPY stint_spans TO '/tmp/x.csv'"}, r"test\.sql line \d+: expected one SELECT"),
        ({"sql": TEST.replace("-- own_rule:", "-- another:")}, r"test\.sql: .*line 1: the head names `another`"),
        ({"cases": ""}, r"cases\.toml line 1: expected the field `case`, found none"),
        ({"cases": CASES.replace("book_in_date_time", "booked")}, r"cases\.toml line 3: expected columns of detentions in the case `Two days`, found `booked`"),
        ({"cases": CASES.replace("2025-01-10T08:00:05", '"noon"')}, r"cases\.toml line 3: expected timestamp\[us\] in `book_in_date_time` of the case `Two days`"),
        ({"cases": CASES.replace('"violated"', '"guilty"')}, r"cases\.toml line 4: expected one of .* in `verdict`, found `guilty`"),
    ],
)  # fmt: skip
def test_a_faulty_rule_is_refused_with_line_and_reason(
    tmp_path: Path, change: dict[str, str], says: str
) -> None:
    folder = rule(tmp_path, **change)
    with pytest.raises(AuthoredError, match=says):
        run_cases(read_rule(folder))


@pytest.mark.parametrize("missing", ["rule.toml", "test.sql", "cases.toml"])
def test_a_rule_lacks_a_file(tmp_path: Path, missing: str) -> None:
    folder = rule(tmp_path)
    (folder / missing).unlink()
    with pytest.raises(AuthoredError, match=rf"expected the file {missing}, found none"):
        read_rule(folder)


def test_an_id_that_is_taken_is_refused(tmp_path: Path) -> None:
    rule(tmp_path).rename(tmp_path / "hold-room-limit")
    with pytest.raises(AuthoredError, match="hold-room-limit"):
        rules_of(None, [tmp_path])


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (CASES.replace('"violated"', '"complied"'), "expected complied, found violated"),
        (CASES.replace("detentions 1", "detentions 2"), "expected violated, found no verdict"),
        (CASES.replace('verdicts = [{ row = "detentions 1", version = "one", verdict = "violated" }]', "verdicts = []"), "found violated, which the case does not expect"),
    ],
)  # fmt: skip
def test_a_worked_case_that_does_not_hold_says_why(tmp_path: Path, cases: str, says: str) -> None:
    (result,) = run_cases(read_rule(rule(tmp_path, cases=cases)))
    assert any(says in line for line in result.wrong)


GIVEN = act("given", "binds", "2025-03-15T18:00Z")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            order(act("given", "notice", "2025-03-15T18:00Z")),
            r"o\.toml line 1: expected an act that `binds`, found none",
        ),
        (
            order(GIVEN + act("again", "resumes", "2025-03-16Z")),
            r"o\.toml line \d+: expected `of` to name the act that `stays`",
        ),
        (
            order(GIVEN + act("more", "extends", "2025-03-16")),
            r"o\.toml line \d+: expected `until` to name an act that `expires`",
        ),
        (
            order(act("given", "binds", "15 March, 6 pm")),
            r"o\.toml line \d+: Expected a moment in ISO 8601 or EDTF",
        ),
        (
            order(GIVEN + act("written", "binds", "2025-03-15T19:00Z")),
            r"expected a \[\[binding\]\] for each reading",
        ),
        (
            order(GIVEN, term='requires = "return"\nby = "noon"'),
            r"o\.toml line \d+: expected `by` to name an act that is a `deadline`, found `noon`",
        ),
        (order(GIVEN, term=""), r"expected one of `forbids`, `requires` and `rule`"),
        (
            order(GIVEN).replace('docket = "1:25-cv-1"', "docket = 1"),
            r"o\.toml line 6: expected a text in `docket`, found `1`\. Put it in quotation marks",
        ),
        (
            order(GIVEN, rest='[[completion]]\nid = "x"\nphase = "dinner"\ntitle = "t"\ntitle_es = "t"\n'),
            r"o\.toml line \d+: expected a phase of a release",
        ),
    ],
)
def test_a_faulty_order_is_refused_with_line_and_reason(text: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        read_order(text, file="o.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (event("2025-03-15").replace('phase = "done"', 'phase = "landing"'), r"e\.toml line \d+: expected each of done at most once as a phase of a release, found `landing`"),
        (event("2025-02-30"), r"e\.toml line \d+: Expected a date and time that exist"),
        (event("2025-03-15", zones=["Mars/Olympus"]), r"Mars/Olympus"),
        (event("2025-03-15").replace('time = "2025-03-15"\n', ""), r"e\.toml line \d+: expected `time` or `withheld`"),
    ],
)  # fmt: skip
def test_a_faulty_event_is_refused_with_line_and_reason(text: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        read_event(text, file="e.toml")
