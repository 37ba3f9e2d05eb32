"""The whole site in one file, and back. Left out, on purpose: see `tables.LEFT_OUT`."""
