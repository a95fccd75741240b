"""What pages look like: `pages/` become Markdown, `theme/` is the MkDocs theme, `catalog/` a start."""
