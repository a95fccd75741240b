"""What others take away: citations, feeds, tags of the head, cards, the catalog as data."""
