"""The public names, for type checkers: the same as `__init__.py` imports when they are first used."""

from paradero.exports.files import FORMATS as FORMATS
from paradero.exports.files import export as export
