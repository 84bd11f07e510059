"""Files of the law, each with many tables, and ways of breaking them: what is written instead of what, on which
line the mistake then is, and what is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass

BY = 'by = "a clerk"\nevidence = "record"\nseen = []'


@dataclass(frozen=True, slots=True)
class Break:
    """`written` in place of `whole`; the mistake is on the line that holds `at` (`written` where nothing is
    said), in the words `says`.
    """

    whole: str
    written: str
    says: str
    at: str = ""

    def in_text(self, text: str) -> str:
        """The text, so broken."""
        assert text.count(self.whole) == 1, self.whole
        return text.replace(self.whole, self.written)

    def line_in(self, text: str) -> int:
        """The line of the broken text that has to be named."""
        found = self.at or self.written.splitlines()[0]
        assert found in text, found
        return text[: text.index(found)].count("\n") + 1


def _moment(phase: str, *times: str) -> str:
    said = "".join(
        f'[[moment.said]] # of {phase} {n}\ntime = "{each}"\n{BY}\n' for n, each in enumerate(times)
    )
    return f'[[moment]]\nphase = "{phase}"\n{said}'


EVENT = f"""id = "flight"
what = "A removal"
kind = "removal"
zones = ["America/New_York"]

[subject]
id = "aboard"
what = "people"
people_lo = 3
people_hi = 9

[[subject.attribute]] # ground
name = "ground"
is_one_of = ["act"]
{BY}

[[subject.attribute]] # country
name = "country"
some_are = ["Ruritania"]
people_lo = 1
people_hi = 2
{BY}

[[subject.attribute]] # age
name = "age"
each_is_one_of = ["adult"]
{BY}

[[subject.includes]] # P
id = "p"
{BY}

[[subject.excludes]] # Q
id = "q"
{BY}

[[outcome]]
happened = true
{BY}

{_moment("departure", "2025-03-15T17:00", "2025-03-15T17:05", "2025-03-15T17:06")}
{_moment("leaves_airspace", "2025-03-15T18:00")}
{_moment("landing", "2025-03-15T20:00", "2025-03-15T20:10")}
{_moment("hand_over", "2025-03-15T21:00")}

[[leg]] # one
sources = ["0123456789ab"]
takeoff = "2025-03-15T17:00"
hex = "a00001"
by = "a tracker"
evidence = "tracker"
seen = []

[[relation]] # one
of = "landing"
since = "departure"
at_least = "PT1H"
{BY}

[[relation]] # two
of = "hand_over"
since = "landing"
at_most = "PT9H"
{BY}

[[answers]]
terms = ["o/t"]
{BY}

[[item]]
name = "counsel told"
given = true
{BY}

[[value]] # first
measure = "people in the cabin"
unit = "people"
lo = 1.0
{BY}

[[value]] # second
measure = "people in the hold"
unit = "people"
lo = 1.0
hi = 2.0
{BY}

[[identity]]
same = ["aboard", "p"]
by = "another"
evidence = "record"
seen = []
"""

EVENT_BREAKS = [
    Break('what = "A removal"', 'waht = "A removal"', "`waht` is not a field. Did you mean `what`"),
    Break('zones = ["America/New_York"]', 'zones = ["America/NewYork"]', "America/NewYork"),
    Break("people_lo = 3\n", 'people_lo = "three"\n', "`people_lo` must be a whole number; `three` is not"),
    Break("people_hi = 9", "people_hi = -9", "`people_hi` (-9) is below zero"),
    Break('is_one_of = ["act"]', 'is_one_of = ["act"]\nsome_are = ["x"]', "an attribute needs values in exactly one of", at='name = "ground"'),
    Break("people_lo = 1\n", "people_lo = 7\n", "`people_lo` (7) is above `people_hi` (2)", at='name = "country"'),
    Break('name = "age"\n', "", "the field `name` is missing in subject.attribute[2]", at="[[subject.attribute]] # age"),
    Break('id = "q"', 'id = "p"', "a clerk says that `p` is among them (line 35) and that they are not", at="[[subject.excludes]] # Q"),
    Break("happened = true", 'happened = "true"', "`happened` must be true or false"),
    Break('time = "2025-03-15T17:00"\nby', 'time = "15 March, 5 pm"\nby', "`15 March, 5 pm` is not a time", at="[[moment.said]] # of departure 0"),
    Break('time = "2025-03-15T17:05"\n', "", "gives flight.departure neither `time` nor `withheld`", at="[[moment.said]] # of departure 1"),
    Break('time = "2025-03-15T17:06"\nby = "a clerk"\nevidence = "record"', 'time = "2025-03-15T17:06"\nby = "a clerk"\nevidence = "recrod"', "`evidence` must be one of `court`, `sworn`, `record`", at='evidence = "recrod"'),
    Break('phase = "leaves_airspace"', 'phase = "leaves_airspce"', "`leaves_airspce` is not a phase of a removal. Did you mean `leaves_airspace`"),
    Break('time = "2025-03-15T20:00"', 'tiem = "2025-03-15T20:00"', "`tiem` is not a field in moment[2].said[0]. Did you mean `time`"),
    Break('time = "2025-03-15T20:10"', 'time = "2025-02-30"', "`2025-02-30` is not a date and time", at="[[moment.said]] # of landing 1"),
    Break('phase = "hand_over"', 'phase = "landing"', "the phase `landing` appears twice", at='phase = "landing"\n[[moment.said]] # of hand_over'),
    Break('sources = ["0123456789ab"]', 'sources = ["xyz"]', "`sources` must give at least the first 12 letters"),
    Break('at_least = "PT1H"\n', "", "has neither `at_least` nor `at_most`", at='of = "landing"'),
    Break('at_most = "PT9H"', 'at_most = "nine hours"', "`nine hours` is not a duration", at='of = "hand_over"'),
    Break('terms = ["o/t"]', 'terms = "o/t"', "`terms` must be a list; `o/t` is not one"),
    Break("given = true", 'gven = true', "`gven` is not a field in item[0]. Did you mean `given`"),
    Break('measure = "people in the cabin"\nunit = "people"\nlo = 1.0\n', 'measure = "people in the cabin"\nunit = "people"\n', "has neither `lo` nor `hi`", at='measure = "people in the cabin"'),
    Break("lo = 1.0\nhi = 2.0", "lo = 3.0\nhi = 2.0", "`lo` (3) is above `hi` (2)", at='measure = "people in the hold"'),
    Break('same = ["aboard", "p"]', 'same = ["p", "p"]', "an identity needs two or more different names", at='by = "another"'),
]  # fmt: skip

IDENTITIES = "\n".join(
    f'[[identity]] # {number}\nsame = ["p{number}", "q{number}"]\nby = "clerk {number}"\n'
    f'evidence = "record" # {number}\nseen = [] # {number}\nnote = "n{number}"\n'
    for number in range(20)
)


def _of(number: int, part: str) -> str:
    return {"by": f'by = "clerk {number}"', "same": f'same = ["p{number}", "q{number}"]'}[part]


IDENTITIES_BREAKS = [
    Break(_of(0, "same"), 'same = ["p0"]', "an identity needs two or more different names", at=_of(0, "by")),
    Break(_of(1, "same"), 'same = ["p1", "p1"]', "an identity needs two or more different names", at=_of(1, "by")),
    Break(_of(2, "same"), 'same = ["p2", "q2"]\ndifferent = ["p2", "q2"]', "not in both", at=_of(2, "by")),
    Break(_of(3, "same"), 'sam = ["p3", "q3"]', "`sam` is not a field in identity[3]. Did you mean `same`"),
    Break(_of(4, "same"), 'diferent = ["p4", "q4"]', "`diferent` is not a field in identity[4]. Did you mean `different`"),
    Break(_of(5, "same"), 'same = "p5 and q5"', "`same` must be a list; `p5 and q5` is not one"),
    Break(_of(6, "same"), 'same = ["p6", 6]', "`same` must be a text; `6` is not one"),
    Break(_of(7, "by"), "by = 7", "`by` must be a text; `7` is not one"),
    Break(_of(8, "by") + "\n", "", "the field `by` is missing in identity[8]", at="[[identity]] # 8"),
    Break('evidence = "record" # 9', 'evidence = "rumour"', "`evidence` must be one of"),
    Break('evidence = "record" # 10\n', "", "the field `evidence` is missing in identity[10]", at="[[identity]] # 10"),
    Break("seen = [] # 11", 'seen = "nowhere"', "`seen` must be a list; `nowhere` is not one"),
    Break("seen = [] # 12\n", "", "the field `seen` is missing in identity[12]", at="[[identity]] # 12"),
    Break('note = "n13"', "note = true", "`note` must be a text; `true` is not one"),
    Break('note = "n14"', 'nota = "n14"', "`nota` is not a field in identity[14]. Did you mean `note`"),
    Break('note = "n15"', 'withdrawn = ["no"]', "`withdrawn` must be a text; a list is not one"),
    Break('note = "n16"', "fact = 16", "`fact` must be a text; `16` is not one"),
    Break('note = "n17"', 'known = "well"', "`known` is not a field in identity[17]. The fields are"),
    Break(_of(18, "same") + "\n", "", "an identity needs two or more different names", at=_of(18, "by")),
    Break(_of(19, "same"), 'different = ["p19", "p19"]', "an identity needs two or more different names", at=_of(19, "by")),
]  # fmt: skip

ORDER = f"""id = "o"
title = "An order"
court = "Example Court"
docket = "1:25-cv-1"
instrument = "order"
zones = ["America/New_York"]
calendar = "us-federal"

[[text]]
instrument = "The order"
pin = "1"
says = "Nobody is to be removed."
url = "https://example.org"
read = true

[scope]
binds = "the defendants"
protects = "a class"

[[scope.condition]] # ground
attribute = "ground"
is_one_of = ["act"]
what = "which ground"
record = "r"
field = "f"

[[scope.condition]] # entry
attribute = "entry"
before = "2025-02-24"
what = "when"
record = "r"
field = "f"

[[act]] # given
id = "given"
does = "binds"
what = "given"
[[act.said]] # given
time = "2025-03-15T18:00"
{BY}

[[act]] # due
id = "due"
does = "deadline"
what = "due"
[[act.said]] # due
time = "2025-03-20T18:00"
{BY}

[[act]] # over
id = "over"
does = "expires"
what = "over"

[[act]] # stay
id = "stay"
does = "stays"
what = "stay"
terms = ["back"]

[[act]] # lifted
id = "lifted"
does = "resumes"
of = "stay"
what = "lifted"

[[term]] # none
id = "none"
says = "No removal."
forbids = "removal"

[[term]] # back
id = "back"
says = "Return."
requires = "return"
by = "due"

[[term]] # told
id = "told"
says = "Report daily."
requires = "production"
every = {{ first = "2025-03-16T12:00", length = "P1D", times = 3 }}

[[term]] # heads
id = "heads"
says = "At most ten."
forbids = "measurement"
limit = {{ measure = "heads", unit = "people", at_most = "10" }}

[[completion]] # left
id = "left"
phase = "departure"
title = "at departure"

[[relation]] # one
of = "over"
since = "given"
at_most = "P14D"
{BY}

[[case]] # one
title = "A removal"
kind = "removal"
moments = {{ departure = "2025-03-16T12:00" }}
[case.verdicts] # one
"none/left" = "violated"

[[case]] # two
title = "A return"
kind = "return"
moments = {{ done = "2025-03-17T12:00" }}
[case.verdicts] # two
back = "complied"

[[case]] # three
title = "Reports"
kind = "production"
also = [{{ kind = "production", moments = {{ done = "2025-03-17T12:00" }} }}]
[case.verdicts] # three
"told@1" = "complied"
"""

ORDER_BREAKS = [
    Break('court = "Example Court"', "court = 3", "`court` must be a text; `3` is not one"),
    Break('zones = ["America/New_York"]', 'zones = ["America/NewYork"]', "`America/NewYork` is not a zone"),
    Break('calendar = "us-federal"', 'calendar = "us-federl"', "us-federl"),
    Break('url = "https://example.org"', 'uri = "https://example.org"', "`uri` is not a field in text[0]"),
    Break('is_one_of = ["act"]', 'is_one_of = ["act"]\nis_none_of = ["x"]', "the condition on `ground` needs exactly one of", at='attribute = "ground"'),
    Break('before = "2025-02-24"', 'before = "in February"', "`in February` is not a day, a month or a year", at='attribute = "entry"'),
    Break('time = "2025-03-15T18:00"', 'time = "six o\'clock"', "`six o'clock` is not a time", at="[[act.said]] # given"),
    Break('does = "deadline"', 'does = "deadlin"', "`does` must be one of"),
    Break('time = "2025-03-20T18:00"\n', "", "neither `time` nor `withheld`", at="[[act.said]] # due"),
    Break('terms = ["back"]', 'terms = ["bakc"]', "`terms` names `bakc`, which is not a term", at='id = "stay"'),
    Break('of = "stay"', 'of = "sty"', "`of` names `sty`, which is not an act that `stays`", at='id = "lifted"'),
    Break('says = "No removal."\n', "", "the field `says` is missing in term[0]", at="[[term]] # none"),
    Break('by = "due"', 'by = "dew"', "`by` names `dew`, which is not an act that is a `deadline`", at='id = "back"'),
    Break('length = "P1D"', 'length = "a day"', "`a day` is no length", at='id = "told"'),
    Break('at_most = "10"', 'at_most = "ten"', "`ten` is not a number of people", at='id = "heads"'),
    Break('phase = "departure"', 'phase = "dinner"', "`dinner` is not a phase of a removal"),
    Break('at_most = "P14D"', 'at_most = "a fortnight"', "`a fortnight` is not", at='of = "over"'),
    Break('departure = "2025-03-16T12:00"', 'depature = "2025-03-16T12:00"', "`depature` is not a phase of a removal. Did you mean `departure`", at="moments = { depature"),
    Break('"none/left" = "violated"', '"nine/left" = "violated"', "`nine`, which is not a term. Did you mean `none`"),
    Break('moments = { done = "2025-03-17T12:00" }\n[case', 'moments = { done = "the 17th" }\n[case', "`the 17th` is not a time"),
    Break('back = "complied"', 'back = "complyed"', "`complyed` is not a verdict. Did you mean `complied`"),
    Break('[{ kind = "production", moments = { done =', '[{ kind = "production", moments = { dine =', "`dine` is not a phase of a production. Did you mean `done`", at="also = "),
    Break('"told@1" = "complied"', '"told@2" = "complied"', "`@2` is not among what happened besides: `also` has 1"),
]  # fmt: skip
