"""The print preview: the PDF itself, to be looked at, saved, or put on paper."""
