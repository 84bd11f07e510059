"""The public names, for type checkers: the same as `__init__.py` imports when they are first used."""

from paradero.answers.books.balancing import balanced_case as balanced_case
from paradero.answers.books.claiming import checked_case as checked_case
from paradero.answers.books.costing import costed_case as costed_case
from paradero.answers.counts.counting import headcount as headcount
from paradero.answers.counts.reconciling import reconciled as reconciled
from paradero.answers.law.law_files import law_of as law_of
from paradero.answers.original import original as original
from paradero.answers.people.history import history_of as history_of
from paradero.answers.people.history import person_numbers as person_numbers
from paradero.answers.people.whereabouts import whereabouts as whereabouts
from paradero.answers.status import status_of as status_of
from paradero.answers.verdicts.auditing import audit as audit
from paradero.answers.verification.verifying import verify as verify
from paradero.api.case import Case as Case
from paradero.api.case import open_case as open  # noqa: A004, F401
from paradero.building.adding import add as add
from paradero.building.building import build as build
from paradero.building.documents import add_document as add_document
from paradero.building.documents import documents_of as documents_of
from paradero.building.documents import mentions_of as mentions_of
from paradero.building.tables import legible as legible
from paradero.building.tables import open_tables as open_tables
from paradero.casefile.examples import create_from as create_from
from paradero.casefile.folder import Casefile as Casefile
from paradero.casefile.folder import create as create
from paradero.casefile.folder import find as find
from paradero.custody.definitions import definitions as definitions
from paradero.exports.files import export as export
from paradero.flights.files import gaps_of_files as gaps_of_files
from paradero.flights.files import legs_of_files as legs_of_files
from paradero.model.addresses import Address as Address
from paradero.model.addresses import parse_address as parse_address
from paradero.model.errors import ParaderoError as ParaderoError
from paradero.sources import sniff as sniff
from paradero.synthetic import write_release as write_release

__version__: str
