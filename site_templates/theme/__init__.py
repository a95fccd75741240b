"""The MkDocs theme `papershelf`: Material, with the templates, style and script in this folder."""

import os

# MkDocs imports this before Material, which prints an advertisement unless it is told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
