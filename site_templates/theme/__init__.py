"""The MkDocs theme `papershelf`: Material, with the templates, style and script beside this file."""
