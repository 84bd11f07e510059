"""The books of a casefile: balances, agreements, costs and claims as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from paradero.authored.declared import AuthoredError, text_of
from paradero.balance.balances import Balance, check_balances, read_balance
from paradero.casefile.folder import Casefile
from paradero.money.agreements import Agreement, read_agreement
from paradero.money.amounts import Quantity
from paradero.money.costs import Cost, ElapsedFile, Elsewhere, LedgerFile, read_cost
from paradero.money.indices import Index, read_index


class _Placed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def place(self) -> str: ...


Read = TypeVar("Read", bound=_Placed)


def balances_of(case: Casefile) -> tuple[Balance, ...]:
    """The balances of the casefile, one system; raises AuthoredError with file, line and reason."""
    found = files_of(case, "balances", lambda text, file: read_balance(text, file=file))
    check_balances(found)
    return found


def agreements_of(case: Casefile) -> tuple[Agreement, ...]:
    """The agreements of the casefile; raises AuthoredError with file, line and reason."""
    return files_of(case, "agreements", lambda text, file: read_agreement(text, file=file))


def costs_of(case: Casefile, agreements: tuple[Agreement, ...], counts: Mapping[str, Quantity]) -> tuple[Cost, ...]:
    """The costs of the casefile over its agreements and counts; raises AuthoredError with file, line and reason."""
    amounts = {each.symbol: each for agreement in agreements for each in agreement.amounts}
    elsewhere = Elsewhere(amounts=amounts, counts=counts, measured=_measured_of(case))
    found = files_of(case, "costs", lambda text, file: read_cost(text, file=file, elsewhere=elsewhere))
    results: dict[str, str] = {}
    for cost in found:
        for result in cost.results:
            if result.id in results:
                raise AuthoredError(f"{result.place}: expected an id of its own, found `{result.id}`, which is the result of {results[result.id]}.")
            results[result.id] = result.place
    return found


def _measured_of(case: Casefile) -> Callable[[LedgerFile | ElapsedFile], Quantity]:
    """What measures, loaded when a cost first asks for a measure."""

    def measured(asked: LedgerFile | ElapsedFile) -> Quantity:
        from paradero.answers.books.measuring import measured_of  # headcounts need everything that records need

        found.append(found.pop() if found else measured_of(case))
        return found[0](asked)

    found: list[Callable[[LedgerFile | ElapsedFile], Quantity]] = []
    return measured


def indices_of(case: Casefile) -> tuple[Index, ...]:
    """The price indices of the casefile; raises AuthoredError with file, line and reason."""
    return files_of(case, "indices", lambda text, file: read_index(text, file=file))


def files_of(case: Casefile, folder: str, read: Callable[[str, str], Read]) -> tuple[Read, ...]:
    """Every TOML file of a folder, read; raises AuthoredError where an id stands twice or a file is not UTF-8."""
    found: dict[str, Read] = {}
    for path in sorted((case.root / folder).glob("*.toml")):
        one = read(text_of(path), str(path))
        if one.id in found:
            raise AuthoredError(f"{path}: expected an id of its own, found `{one.id}`, which is the id of {found[one.id].place}.")
        found[one.id] = one
    return tuple(found.values())
