"""The reading pane: a record, or a file with faults, as something to read."""
