"""Builds that follow one another, fail, are killed, or are done by several machines."""
