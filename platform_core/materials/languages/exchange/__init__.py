"""Texts for translators' own programs and back: XLIFF, XLSX, CSV. What goes out comes back unharmed."""
