"""Standards without a date: never computed. A court's own statement settles one, and only as that court found
it.
"""

from __future__ import annotations

from paradero.law.forms.readings import RECORDS_ALONE
from paradero.law.shown.values import Lack, Shown, Told
from paradero.law.shown.variants import Variant


def shown_of_standard(variant: Variant, told: Told) -> Shown:
    """Whether a court found that the standard was not kept; open by the records alone, and where courts do
    not agree.
    """
    begun = variant.begin.hi
    at = (begun, begun)
    found = {
        one.answer == "breached"
        for one in variant.term.finding
        if not one.withdrawn and told.trust.keeps(one.by, one.evidence)
    }
    if variant.standing is RECORDS_ALONE or len(found) != 1:
        return Shown(is_shown=None, at=at, lacks=(Lack(fact="finding"),))
    return Shown(is_shown=found.pop(), at=at)
