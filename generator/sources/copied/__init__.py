"""From a text that a person copied or wrote to the papers on it: lines, pieces, titles, names."""
