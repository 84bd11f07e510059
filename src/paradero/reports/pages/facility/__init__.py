"""The sections of a facility's page, a module each (see section_modules)."""
