"""The dossier in the window: what is bound, in which order and under which headings."""
