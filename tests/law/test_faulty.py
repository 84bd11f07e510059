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
from paradero.engines.steps import parse_step
from paradero.law.confined import check_confined
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
        ({"toml": RULE.replace('nature = "indicator"', 'nature = "guess"')}, r"rule\.toml line 3: `nature` must be one of `law`, `policy`, `indicator`; `guess` is not\. Write one"),
        ({"toml": RULE.replace('severity = "note"\n', "")}, r"rule\.toml line 1: the field `severity` is missing"),
        ({"toml": RULE.replace("unit =", "units =")}, r"rule\.toml line 7: `units` is not a field\. Did you mean `unit`"),
        ({"toml": RULE.replace("[[version]]", "[[version")}, r"rule\.toml line 13: not valid TOML"),
        ({"toml": RULE.replace("PT24H", "a day")}, r"rule\.toml line 14: `a day` is not a duration"),
        ({"toml": RULE.replace('url = "https', 'address = "https')}, r"rule\.toml line 21: `address` is not a field in version\[0\]\.text\[0\]\. .*The fields are: .*url"),
        ({"toml": RULE + RULE[RULE.index("[[fact]]") :]}, r"rule\.toml line 32: the id `book_out` is taken by line 25"),
        ({"toml": "fact = []\n" + RULE[: RULE.index("[[fact]]")]}, r"rule\.toml line 1: the rule has no \[\[fact\]\]\. Add at least one"),
        ({"toml": RULE[: RULE.index("[[version.text]]")].replace('id = "one"\n', 'id = "one"\ntext = []\n') + RULE[RULE.index("[[fact]]") :]}, r"rule\.toml line 14: the version `one` relies on no \[\[version\.text\]\]"),
        ({"toml": RULE.replace('id = "one"\n', 'id = "one"\nfrom = 2025-06-01\nuntil = 2025-06-01\n')}, r"rule\.toml line 14: `from` \(2025-06-01\) of the version `one` is not before `until` \(2025-06-01\)"),
        ({"sql": TEST.replace("FROM stint_spans s", "FRM stint_spans s")}, r"test\.sql line 11: the test is not one SELECT that can be parsed"),
        ({"sql": TEST.replace("s.book_in AS event_lo", "s.booked_in AS event_lo")}, r"test\.sql line 7: .*booked_in"),
        ({"sql": TEST.replace("TRUE AS is_bound", "TRUE AS bound")}, r"test\.sql line 6: the columns must be .*; missing: is_bound; too many: bound"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM read_csv('/etc/passwd') s")}, r"test\.sql line 11: the function `read_csv` cannot stand after FROM"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM '/etc/passwd' s")}, r"test\.sql line 11: `/etc/passwd` is not among the inputs in the head"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM persons s")}, r"test\.sql line 11: `persons` is not among the inputs in the head"),
        ({"sql": TEST.replace("inputs: stint_spans", "inputs: ingested_detentions")}, r"test\.sql line 2: `ingested_detentions` is not a documented table"),
        ({"sql": TEST.replace("TRUE AS is_bound", "random() > 0.5 AS is_bound")}, r"test\.sql line 7: `random` is not a function that a rule may call"),
        ({"sql": TEST + ";\nCOPY stint_spans TO '/tmp/x.csv'"}, r"test\.sql line \d+: the test is not one SELECT"),
        ({"sql": TEST + ";\nSELECT 1"}, r"test\.sql line 6: the test has 2 statements\. Leave one SELECT"),
        ({"sql": TEST.replace("FROM stint_spans s", "FROM stint_spans s POSITIONAL JOIN rule_versions w")}, r"test\.sql line \d+: a join by position gives other rows at every run"),
        ({"toml": RULE.replace("[[fact]]", '[[needs]]\ntable = "nowhere"\ncolumns = ["a"]\n\n[[fact]]')}, r"rule\.toml: `needs` names tables that are not documented: nowhere\. Use those"),
        ({"cases": "case = []\n"}, r"cases\.toml line 1: the rule has no \[\[case\]\], and is not used before"),
        ({"sql": TEST.replace("-- own_rule:", "-- another:")}, r"test\.sql: .*line 1: the head names `another`"),
        ({"cases": ""}, r"cases\.toml line 1: the field `case` is missing"),
        ({"cases": CASES.replace("book_in_date_time", "booked")}, r"cases\.toml line 3: `booked` is not a column of detentions, in the case `Two days`"),
        ({"cases": CASES.replace("2025-01-10T08:00:05", '"noon"')}, r"cases\.toml line 3: `book_in_date_time` of the case `Two days` must be of type timestamp\[us\]"),
        ({"cases": CASES.replace('"violated"', '"guilty"')}, r"cases\.toml line 4: `verdict` must be one of .*; `guilty` is not"),
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
    with pytest.raises(AuthoredError, match=rf"the file {missing} is missing"):
        read_rule(folder)


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (CASES.replace('"violated"', '"complied"'), "the case says complied; the verdict is violated"),
        (CASES.replace("detentions 1", "detentions 2"), "the case says violated; there is no verdict"),
        (CASES.replace('verdicts = [{ row = "detentions 1", version = "one", verdict = "violated" }]', "verdicts = []"), "the verdict is violated, which the case does not list"),
    ],
)  # fmt: skip
def test_a_worked_case_that_does_not_hold_says_why(tmp_path: Path, cases: str, says: str) -> None:
    (result,) = run_cases(read_rule(rule(tmp_path, cases=cases)))
    assert any(says in line for line in result.wrong)


OPEN = CASES.replace('"violated" }', '"undetermined", facts = ["book_out"] }')
NOT_KNOWN = TEST.replace("CASE WHEN", "CASE WHEN FALSE THEN TRUE END AND CASE WHEN")


@pytest.mark.parametrize(
    ("sql", "cases", "says"),
    [
        (NOT_KNOWN, OPEN, None),
        (
            NOT_KNOWN,
            OPEN.replace('["book_out"]', "[]"),
            "the case says the decisive facts none; they are book_out",
        ),
        (
            NOT_KNOWN.replace("'book_out' AS", "'other' AS"),
            OPEN,
            "the facts other are not declared in rule.toml",
        ),
        (
            NOT_KNOWN.replace("'book_out' AS", "CAST(NULL AS STRING) AS"),
            OPEN.replace('["book_out"]', "[]"),
            "undetermined without a decisive fact",
        ),
    ],
    ids=["named", "others said", "not declared", "none"],
)
def test_what_would_settle_an_open_verdict_is_named(
    tmp_path: Path, sql: str, cases: str, says: str | None
) -> None:
    own = read_rule(rule(tmp_path, sql=sql, cases=cases))
    kept = tmp_path / "kept" / "worked-cases"
    (result,) = try_rules([own], kept_in=kept)
    assert result.wrong == () if says is None else any(says in line for line in result.wrong)
    assert len(try_rules([own], kept_in=kept)) == (
        0 if says is None else 1
    )  # only what held is not run again


def test_a_test_may_order_what_it_limits_and_unnest_a_list() -> None:
    first = "(SELECT person_no FROM stint_spans ORDER BY person_no LIMIT 1) > 0 AS is_bound"
    sql = TEST.replace("TRUE AS is_bound", first).replace(
        "FROM stint_spans s\n", "FROM stint_spans s, unnest([1]) u\n"
    )
    check_confined(
        parse_step(sql, file="own_rule.sql"),
        tables=frozenset(["stint_spans", "rule_versions"]),
        place="test.sql",
        first_line=6,
    )


GIVEN = act("given", "binds", "2025-03-15T18:00Z")
CONDITION = """
[[scope.condition]]
attribute = "nationality"
what = "of which country"
what_es = "de qué país"
record = "form"
field = "country"
"""


def relation(of: str, since: str, measure: str) -> str:
    """Write how far one act lies after another."""
    said = 'by = "a clerk"\nevidence = "record"\nseen = []'
    return f'[[relation]]\nof = "{of}"\nsince = "{since}"\n{measure}\n{said}\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (order(act("given", "notice", "2025-03-15T18:00Z")), r"o\.toml line 1: no act `binds`"),
        (
            order(GIVEN + act("ended", "vacates", "2025-03-16", more='terms = ["t"]')),
            r"Write what vacates, supersedes or ends a part as an act that `stays` with these, and let nothing",
        ),
        (
            order(GIVEN + act("again", "resumes", "2025-03-16Z")),
            r"o\.toml line \d+: `of` names .* is not an act that `stays`",
        ),
        (
            order(GIVEN + act("more", "extends", "2025-03-16")),
            r"o\.toml line \d+: `until` names .* is not an act that `expires`",
        ),
        (
            order(act("given", "binds", "15 March, 6 pm")),
            r"o\.toml line \d+: .* is not a time in ISO 8601 or EDTF",
        ),
        (order(GIVEN + act("written", "binds", "2025-03-15T19:00Z")), r"no \[\[binding\]\] says"),
        (
            order(GIVEN, term='requires = "return"\nby = "noon"'),
            r"o\.toml line \d+: `by` names `noon`, which is not an act that is a `deadline`",
        ),
        (order(GIVEN, term=""), r"needs exactly one of `forbids`, `requires` and `rule`"),
        (
            order(GIVEN).replace('docket = "1:25-cv-1"', "docket = 1"),
            r"o\.toml line 6: `docket` must be a text; `1` is not one\. Put it in quotation marks",
        ),
        (
            order(GIVEN, rest='[[completion]]\nid = "x"\nphase = "dinner"\ntitle = "t"\ntitle_es = "t"\n'),
            r"o\.toml line \d+: `.*` is not a phase of a release",
        ),
        (
            order(GIVEN, term="").replace(
                '[[term]]\nid = "t"\nsays = "Nobody is to be removed."\n', "[[trem]]\n"
            ),
            r"o\.toml line \d+: .*`trem` is not a field",
        ),
        (
            "term = []\n" + order(GIVEN)[: order(GIVEN).index("[[term]]")],
            r"o\.toml line 1: the order has no \[\[term\]\]\. Add at least one",
        ),
        (
            order(GIVEN, scope=CONDITION),
            r"o\.toml line \d+: the condition on `nationality` needs exactly one of `is_one_of`, .*; it has none of them",
        ),
        (
            order(GIVEN, rest=relation("given", "given", "")),
            r"o\.toml line \d+: the relation of `.*given` to `.*given` has neither `at_least` nor `at_most`",
        ),
        (
            order(GIVEN, rest=relation("given", "given", 'at_least = "PT2H"\nat_most = "PT1H"')),
            r"o\.toml line \d+: `at_least` \(PT2H\) is above `at_most` \(PT1H\)",
        ),
        (
            order(
                GIVEN + act("told", "notice"),
                rest=relation("told", "given", 'at_least = "PT2H"\nrule = "elapsed"'),
            ),
            r"o\.toml line \d+: `rule` is only for a term or a deadline of the order",
        ),
    ],
)
def test_a_faulty_order_is_refused_with_line_and_reason(text: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        read_order(text, file="o.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (event("2025-03-15").replace('phase = "done"', 'phase = "landing"'), r"e\.toml line \d+: `landing` is not a phase of a release\. Name one of done"),
        (event("2025-02-30"), r"e\.toml line \d+: `2025-02-30` is not a date and time"),
        (event("2025-03-15", zones=["Mars/Olympus"]), r"Mars/Olympus"),
        (event("2025-03-15", attributes="people_lo = 9\npeople_hi = 3"), r"e\.toml line \d+: `people_lo` \(9\) is above `people_hi` \(3\)"),
        (event("2025-03-15", attributes='[[subject.attribute]]\nname = "a"\nsome_are = ["b"]\npeople_lo = 9\npeople_hi = 3\nby = "c"\nevidence = "record"\nseen = []'), r"e\.toml line \d+: `people_lo` \(9\) is above `people_hi` \(3\)"),
        (event("2025-03-15").replace('time = "2025-03-15"\n', ""), r"e\.toml line \d+: .* gives .* neither `time` nor `withheld`"),
    ],
)  # fmt: skip
def test_a_faulty_event_is_refused_with_line_and_reason(text: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        read_event(text, file="e.toml")
