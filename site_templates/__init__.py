"""What things look like: `pages/` as Markdown, `theme/` for MkDocs, `catalog/` a new catalog."""
