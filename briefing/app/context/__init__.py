"""The context column: what a record is related to, from both ends, with its dates."""
