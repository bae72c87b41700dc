"""A folder of records, catalogued."""
