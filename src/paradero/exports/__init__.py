"""Tables out: one file a table, the format named by the ending."""

from paradero.exports.files import FORMATS, export

__all__ = ["FORMATS", "export"]
