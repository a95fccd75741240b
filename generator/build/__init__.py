"""The one build, and the edges to files and processes."""
