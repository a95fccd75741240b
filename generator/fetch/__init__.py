"""Fetching lists from services: the edge to the network."""
