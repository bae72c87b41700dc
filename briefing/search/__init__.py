"""Finding records by what is in them."""
