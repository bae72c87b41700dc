"""The tree of the library: sections, records, their relations, and problems."""
