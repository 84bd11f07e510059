"""The sections of a case's report, a module each (see section_modules)."""
