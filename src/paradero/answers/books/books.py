"""The books of a casefile: balances, agreements, costs and claims as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from paradero.authored.declared import Mistakes, Read, Reader, read_folder, seen_from
from paradero.balance.balances import Balance, check_balances, read_balance
from paradero.casefile.folder import Casefile
from paradero.money.agreements import Agreement, read_agreement
from paradero.money.amounts import Quantity
from paradero.money.cost_files import ElapsedFile, LedgerFile
from paradero.money.costs import Cost, Elsewhere, read_cost
from paradero.money.indices import Index, read_index


def balances_of(case: Casefile) -> tuple[Balance, ...]:
    """The balances of the casefile, one system; raises AuthoredError with file, line and reason."""
    found = files_of(case, "balances", read_balance)
    check_balances(found)
    return found


def agreements_of(case: Casefile) -> tuple[Agreement, ...]:
    """The agreements of the casefile; raises AuthoredError with file, line and reason."""
    return files_of(case, "agreements", read_agreement)


def costs_of(
    case: Casefile, agreements: tuple[Agreement, ...], counts: Mapping[str, Quantity]
) -> tuple[Cost, ...]:
    """The costs of the casefile over its agreements and counts; raises AuthoredError with file, line and
    reason.
    """
    amounts = {each.symbol: each for agreement in agreements for each in agreement.amounts}
    elsewhere = Elsewhere(amounts=amounts, counts=counts, measured=_measured_of(case))
    found = files_of(case, "costs", partial(read_cost, elsewhere=elsewhere))
    results: dict[str, str] = {}
    mistakes = Mistakes()
    for result in (each for cost in found for each in cost.results):
        if result.id in results:
            mistakes.add(
                f"{result.place}: the id `{result.id}` is taken by"
                f" {seen_from(result.place, results[result.id])}. Choose another."
            )
        results.setdefault(result.id, result.place)
    mistakes.settle()
    return found


def _measured_of(case: Casefile) -> Callable[[LedgerFile | ElapsedFile], Quantity]:
    """What measures, loaded when a cost first asks for a measure."""

    def measured(asked: LedgerFile | ElapsedFile) -> Quantity:
        from paradero.answers.books.measuring import (
            measured_of,
        )  # headcounts need everything that records need

        found.append(found.pop() if found else measured_of(case))
        return found[0](asked)

    found: list[Callable[[LedgerFile | ElapsedFile], Quantity]] = []
    return measured


def indices_of(case: Casefile) -> tuple[Index, ...]:
    """The price indices of the casefile; raises AuthoredError with file, line and reason."""
    return files_of(case, "indices", read_index)


def files_of(case: Casefile, folder: str, read: Reader[Read]) -> tuple[Read, ...]:
    """Every TOML file of a folder of the casefile, read; raises AuthoredError with the mistakes of all of
    them.
    """
    return read_folder(case.root / folder, read)
