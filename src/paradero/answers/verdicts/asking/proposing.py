"""Which other requests a rule proposes for a fact, beside the form that fits it best: the deposition of
somebody who alone says so under oath, and a subpoena to whoever has the record and is no party.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paradero.answers.verdicts.asking.custodians import custodian_of
from paradero.answers.verdicts.asking.draft_forms import FormName
from paradero.answers.verdicts.verdict_values import DecisiveFact
from paradero.answers.words import Words
from paradero.authored.evidence import Sourced


def who_alone_says(said: Iterable[Sourced]) -> str:
    """The one who says something under oath, where nobody else says anything of it; blank where others do."""
    statements = list(said)
    names = {one.by for one in statements}
    return names.pop() if len(names) == 1 and all(one.evidence == "sworn" for one in statements) else ""


def proposed(
    facts: Sequence[DecisiveFact], binds: Iterable[str], main: FormName, words: Words
) -> list[tuple[FormName, str]]:
    """The forms proposed besides `main`, each with why. `binds` are those whom the orders bind, as the orders
    say it: whoever they name is a party, and no subpoena is needed.
    """
    first = facts[0]
    if first.ask not in ("discovery", "foia"):
        return []
    found: list[tuple[FormName, str]] = []
    if first.said_by and main != "witness":
        found.append(("witness", words("why_witness", by=first.said_by)))
    keeps = custodian_of(first.record)
    bound = " ".join(binds).casefold()
    is_party = any(word in bound for word in keeps.keeper_words)
    if keeps.keeper and not is_party and main != "subpoena":
        keeper = words.of(keeps.keeper, keeps.keeper_es)
        found.append(("subpoena", words("why_subpoena", keeper=keeper)))
    return found
