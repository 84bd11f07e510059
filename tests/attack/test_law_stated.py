"""Orders and events as people write them, attacked: one statement left out, one time known less well. No
verdict claims more than before, and none vanishes. A way of counting a disputed time is a reading only where
it decides: its rows may come and go, and the answer for all ways together has to bear them out.

Cases are drawn; each is judged as drawn and again after one change. What the drawn text itself says in two
ways (statements that contradict each other) may be settled by leaving one of them out, and is not touched.
The oracle compares verdicts by their names alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import pytest

from attack.scale import draws
from paradero.authored.evidence import Trust
from paradero.engines.duckdb import connect
from paradero.law.events import read_event
from paradero.law.identities import read_identities
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import read_order

Verdicts = dict[tuple[str, str, str], str]  # the term, its reading, the event

PEOPLE = ["ana", "berto", "carla", "passenger-1", "passenger-2"]
VALUES = ["A", "B", "C"]
KINDS = ["release", "return", "production", "transfer"]
NEW_YORK = "America/New_York"


@dataclass(frozen=True)
class Block:
    """A piece of a file that can be left out: its text, and the time in it where there is one. `needed`: it
    is not left out.
    """

    text: str
    time: str = ""
    needed: bool = False

    def written(self) -> str:
        return self.text.replace("TIME", self.time)


@dataclass(frozen=True)
class Drawn:
    """An order, its events and what is said of who is who, each as blocks."""

    order: tuple[Block, ...]
    events: tuple[tuple[Block, ...], ...]
    identities: tuple[Block, ...] = field(default=())


def instant(rng: random.Random, lo: int = 1, hi: int = 28) -> str:
    """Draw a time of March 2025, to the minute or as bounds."""
    day, hour, minute = rng.randint(lo, hi), rng.choice([0, 9, 12, 17, 23]), rng.choice([0, 30, 59])
    first = f"2025-03-{day:02}T{hour:02}:{minute:02}-04:00"
    return (
        first
        if rng.random() < 0.8
        else f"{first}/2025-03-{min(day + rng.choice([0, 1, 3]), 29):02}T23:59-04:00"
    )


def said(rng: random.Random, table: str, lo: int = 1, hi: int = 28) -> list[Block]:
    """Draw one or no statement of a time."""
    text = f'[[{table}]]\ntime = "TIME"\nby = "clerk {rng.randint(1, 3)}"\nevidence = "record"\nseen = []\n'
    return [Block(text, instant(rng, lo, hi))] if rng.random() < 0.9 else []


def attributed(rng: random.Random, table: str, body: str) -> Block:
    """Write an attributed statement."""
    return Block(
        f'[[{table}]]\n{body}\nby = "{rng.choice(["press", "record", "court"])}"\nevidence = "record"\nseen ='
        " []\n"
    )


def act(rng: random.Random, name: str, does: str, more: str = "", lo: int = 1, hi: int = 28) -> list[Block]:
    """Write an act with what is said of its time."""
    head = f'[[act]]\nid = "{name}"\ndoes = "{does}"\nwhat = "{name}"\nwhat_es = "{name}"\n{more}'
    return [Block(head, needed=True), *said(rng, "act.said", lo, hi)]


def drawn_order(rng: random.Random) -> list[Block]:
    """Draw an order with one or two terms on one kind of act, and acts that bind, end, stay or extend it."""
    kind = rng.choice(KINDS)
    head = (
        'id = "o"\ntitle = "t"\ntitle_es = "t"\ncourt = "c"\ndocket = "d"\ninstrument = "i"\n'
        + f'zones = ["{NEW_YORK}"]\n'
    )
    text = '[[text]]\ninstrument = "i"\npin = "1"\nsays = "s"\nurl = "https://example.org"\nread = true\n'
    scope = '[scope]\nbinds = "b"\nprotects = "p"\nprotects_es = "p"\n'
    if rng.random() < 0.5:
        scope += f"individuals = {rng.sample(PEOPLE[:3], rng.choice([1, 1, 2]))}\n".replace("'", '"')
    for attribute in ("law", "country"):
        if rng.random() < 0.4:
            way = rng.choice(["is_one_of", "is_one_of", "is_none_of"])
            values = str(rng.sample(VALUES, rng.choice([1, 2]))).replace("'", '"')
            scope += (
                f'[[scope.condition]]\nattribute = "{attribute}"\n{way} = {values}\nwhat = "w"\nwhat_es ='
                ' "w"\nrecord = "r"\nfield = "f"\n'
            )
    blocks = [Block(head + text + scope, needed=True), *act(rng, "given", "binds", hi=12)]
    extra = rng.sample(["stays", "vacates", "expires", "term"], rng.choice([0, 0, 1, 2]))
    for does in extra:
        if does == "term":
            blocks += [
                Block('[[act]]\nid = "end"\ndoes = "expires"\nwhat = "end"\nwhat_es = "end"\n', needed=True)
            ]
            n = rng.choice(["P3D", "P14D", "PT72H", "5 business days"])
            rule = rng.choice(["", "", 'rule = "frcp-6"\n', 'rule = "no-roll"\n', 'rule = "elapsed"\n'])
            blocks.append(
                attributed(
                    rng, "relation", f'of = "end"\nsince = "given"\nat_least = "{n}"\nat_most = "{n}"\n{rule}'
                )
            )
        else:
            blocks += act(rng, does, does)
            if does == "stays" and rng.random() < 0.5:
                blocks += act(rng, "again", "resumes", 'of = "stays"\n')
    for number in range(rng.choice([1, 1, 2])):
        term = f'[[term]]\nid = "t{number}"\nsays = "s"\nsays_es = "s"\n'
        if rng.random() < 0.5 and kind != "transfer":
            blocks += act(rng, f"due{number}", "deadline", lo=10)
            term += f'requires = "{kind}"\nby = "due{number}"\n'
        else:
            term += f'forbids = "{kind}"\n'
        blocks.append(Block(term, needed=True))
    return blocks


def drawn_event(rng: random.Random, name: str, kind: str, terms: list[str]) -> list[Block]:
    """Draw an event of a person or a group."""
    people = rng.choice(["people_hi = 1\n", "people_lo = 12\npeople_hi = 12\n", ""])
    subject = rng.choice(PEOPLE) if "= 1\n" in people else f"group-{name}"
    head = (
        f'id = "{name}"\nwhat = "w"\nwhat_es = "w"\nkind = "{kind}"\nzones = ["{NEW_YORK}"]\n[subject]\nid ='
        f' "{subject}"\nwhat = "w"\nwhat_es = "w"\n{people}'
    )
    blocks = [Block(head, needed=True)]
    for attribute in ("law", "country"):
        for _ in range(rng.choice([0, 1, 1, 2])):
            way = rng.choice(["is_one_of", "is_one_of", "each_is_one_of", "members_are_of", "some_are"])
            values = str(rng.sample(VALUES, rng.choice([1, 1, 2]))).replace("'", '"')
            count = f"people_lo = {rng.choice([1, 7])}\n" if way == "some_are" else ""
            blocks.append(
                attributed(rng, "subject.attribute", f'name = "{attribute}"\n{way} = {values}\n{count}')
            )
    if "= 1\n" not in people and rng.random() < 0.4:
        blocks.append(
            attributed(rng, f"subject.{rng.choice(['includes', 'excludes'])}", f'id = "{rng.choice(PEOPLE)}"')
        )
    if rng.random() < 0.9:
        blocks.append(
            attributed(rng, "outcome", f"happened = {rng.choice(['true', 'true', 'true', 'false'])}")
        )
    if terms and rng.random() < 0.3:
        blocks.append(attributed(rng, "answers", f'terms = ["{rng.choice(terms)}"]'))
    for phase in ["departure", "landing", "hand_over"] if kind == "transfer" else ["done"]:
        blocks += [Block(f'[[moment]]\nphase = "{phase}"\n', needed=True), *said(rng, "moment.said")]
    return blocks


def drawn(seed: int) -> Drawn:
    """Draw a case."""
    rng = random.Random(seed)
    order = drawn_order(rng)
    kind = next(each for each in KINDS if any(f'= "{each}"' in block.text for block in order))
    terms = [
        f"o/t{number}"
        for number in range(2)
        if any(f'id = "t{number}"' in each.text and "requires" in each.text for each in order)
    ]
    events = tuple(
        tuple(drawn_event(rng, f"e{number}", kind, terms)) for number in range(rng.choice([1, 1, 2, 3]))
    )
    identities = tuple(
        attributed(
            rng,
            "identity",
            f"{rng.choice(['same', 'different'])} = {rng.sample(PEOPLE, 2)}".replace("'", '"'),
        )
        for _ in range(rng.choice([0, 0, 1, 2]))
    )
    return Drawn(order=tuple(order), events=events, identities=identities)


def written(blocks: tuple[Block, ...]) -> str:
    return "\n".join(each.written() for each in blocks)


@dataclass(frozen=True)
class Judged:
    """The verdicts of a case, and the moments on which its statements contradict each other. `counted` are
    those under one way of counting a disputed time, and `whole` the reading that holds for all ways, of each.
    """

    verdicts: Verdicts
    counted: Verdicts
    whole: dict[str, str]
    disputed: frozenset[str]


def judged(case: Drawn) -> Judged:
    """Judge a case."""
    orders = [read_order(written(case.order), file="o.toml")]
    events = [read_event(written(each), file=f"e{number}.toml") for number, each in enumerate(case.events)]
    identities = read_identities(written(case.identities), file="i.toml").said if case.identities else ()
    matrix = matrix_of(orders, events, Trust(), identities)
    connection = connect(threads=1)
    try:
        give_matrix(connection, matrix, with_records=False)
        rows = judge_events(connection).project("variant, event_no, verdict").fetchall()
    finally:
        connection.close()
    found: tuple[Verdicts, Verdicts] = ({}, {})
    for number, event, verdict in rows:
        variant = matrix.variants[number]
        key = (variant.term.id, variant.construction or "", matrix.events[event].id)
        found[variant.timing is not None][key] = verdict
    whole = {
        each.construction or "": matrix.variants[each.whole].construction or ""
        for each in matrix.variants
        if each.whole is not None
    }
    disputed = frozenset(name for each in matrix.timeline.disagreements for name in each.of)
    return Judged(*found, whole, disputed)


def changed(rng: random.Random, case: Drawn, disputed: frozenset[str]) -> tuple[str, Drawn] | None:
    """Leave one statement out, or know one time less well; None where nothing that stands undisputed can be
    changed.
    """
    places = [("order", 0, n, each) for n, each in enumerate(case.order)]
    places += [("event", e, n, each) for e, blocks in enumerate(case.events) for n, each in enumerate(blocks)]
    places += [("identity", 0, n, each) for n, each in enumerate(case.identities)]
    free = [
        each
        for each in places
        if not each[3].needed and not (disputed and (each[3].time or "[[relation]]" in each[3].text))
    ]
    if not free:
        return None
    kind, event, number, block = rng.choice(free)
    how = rng.choice(["left out", "left out", "day", "wider", "withheld"]) if block.time else "left out"
    if how == "left out":
        new: tuple[Block, ...] = ()
    elif how == "day":
        new = (
            replace(
                block,
                time=f"{block.time[:10]}/{block.time[-22:][:10] if '/' in block.time else block.time[:10]}",
            ),
        )
    elif how == "wider":
        new = (replace(block, time=f"2025-03-{max(int(block.time[8:10]) - 2, 1):02}/2025-03-30"),)
    else:
        new = (Block(block.text.replace('time = "TIME"', 'withheld = "(b)(7)(E)"')),)
    told = f"{how}: {block.written()!r}"

    def with_new(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return (*blocks[:number], *new, *blocks[number + 1 :])

    if kind == "order":
        return told, replace(case, order=with_new(case.order))
    if kind == "identity":
        return told, replace(case, identities=with_new(case.identities))
    return told, replace(
        case, events=tuple(with_new(each) if e == event else each for e, each in enumerate(case.events))
    )


def ends_before_it_begins(case: Drawn) -> bool:
    """Whether an act that ends, stays or dates the order is told to lie wholly before it: what was said of its
    times contradicts itself, and is not touched.
    """
    told: dict[str, tuple[str, str]] = {}
    does = ""
    for block in case.order:
        if "[[act]]" in block.text:
            does = block.text.partition('does = "')[2].partition('"')[0]
        elif "[[act.said]]" in block.text:
            told[does] = (block.time[:22], block.time[-22:])
    given = told.pop("binds", None)
    return given is not None and any(last < given[0] for _, last in told.values())


def contradictory(case: Drawn, told: str) -> bool:
    """Whether what was changed is one of several things said of the same: it may have been contradicted, and
    leaving it out may settle what it left open.
    """
    if "[[act.said]]" in told and ends_before_it_begins(case):
        return True
    for table, key in (
        ("subject.attribute", "name"),
        ("outcome", ""),
        ("identity", ""),
        ("answers", ""),
        ("subject.includes", ""),
        ("subject.excludes", ""),
    ):
        if f"[[{table}]]" not in told:
            continue
        if table in ("identity", "subject.includes", "subject.excludes"):
            n = sum("[[identity]]" in each.text for each in case.identities)
            n += sum(
                "subject.includes" in each.text or "subject.excludes" in each.text
                for blocks in case.events
                for each in blocks
            )
            return n > 1
        name = told.partition(f'{key} = "')[2].partition('"')[0] if key else ""
        return any(
            sum(
                f"[[{table}]]" in each.text and (not name or f'{key} = "{name}"' in each.text)
                for each in blocks
            )
            > 1
            for blocks in case.events
        )
    return False


def worse(before: Verdicts, after: Verdicts, required: set[str]) -> list[str]:
    """What is claimed too much after a change: a verdict that is another and not `undetermined`, or one that
    is gone. Of what is required, the rows stand beside whichever acts may answer, and are taken together.
    """
    found = []
    for key, was in before.items():
        if key[0] in required or key[2].endswith(".each-member"):
            continue
        now = after.get(key)
        if now not in (was, "undetermined"):
            found.append(f"{key}: {was} became {now}")
    for term in required:
        was_said, now_said = _said(before, term), _said(after, term)
        if (was_said and not now_said) or now_said - was_said - {"undetermined"}:
            found.append(f"{term}: {sorted(was_said)} became {sorted(now_said)}")
    return found


def _said(verdicts: Verdicts, term: str) -> set[str]:
    return {verdict for key, verdict in verdicts.items() if key[0] == term}


def counted_so(case: Judged, reading: str, whole: str) -> Verdicts:
    """The verdicts under one way of counting: its own where it decides, else those for all ways."""
    return {
        (term, reading, event): case.counted.get((term, reading, event), verdict)
        for (term, its, event), verdict in case.verdicts.items()
        if its == whole
    }


def worse_counted(before: Judged, after: Judged, required: set[str]) -> list[str]:
    """The same under each way of counting that is a reading before the change or after it."""
    return [
        one
        for reading, whole in {**before.whole, **after.whole}.items()
        for one in worse(counted_so(before, reading, whole), counted_so(after, reading, whole), required)
    ]


@pytest.mark.parametrize("batch", range(draws(2, 4)))
def test_knowing_less_of_an_order_or_an_event_claims_nothing_more(batch: int) -> None:
    n_cases, n_changes = draws(12, 400), 4
    wrong: list[str] = []
    n_tried = 0
    for seed in range(batch * n_cases, (batch + 1) * n_cases):
        case, rng = drawn(seed), random.Random(seed + 1_000_000)
        before = judged(case)
        required = {
            f"t{number}"
            for number in range(2)
            if any(f'id = "t{number}"' in each.text and "requires" in each.text for each in case.order)
        }
        for _ in range(n_changes):
            found = changed(rng, case, before.disputed)
            if found is None or contradictory(case, found[0]):
                continue
            n_tried += 1
            after = judged(found[1])
            wrong += [
                f"seed {seed}, {found[0]}\n  {each}"
                for each in (
                    *worse(before.verdicts, after.verdicts, required),
                    *worse_counted(before, after, required),
                )
            ]
    assert not wrong, f"{len(wrong)} of {n_tried} changes claim too much, the first:\n" + "\n".join(wrong[:5])
    assert n_tried > n_cases


def test_the_drawn_cases_try_every_verdict() -> None:
    said_of = {verdict for seed in range(draws(40, 400)) for verdict in judged(drawn(seed)).verdicts.values()}
    assert said_of == {"violated", "complied", "undetermined", "not_bound"}
