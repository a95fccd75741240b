"""Papershelf: lists of research papers in, a static website out."""

__version__ = "0.1.0"
