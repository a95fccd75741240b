"""What one reference says."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Cited:
    """What one reference says; all text is raw."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    venue: str = ""
    publication: dict[str, object] = field(default_factory=dict)
    arxiv: str = ""
    doi: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    is_several: bool = False
    """Whether it has ids of more than one paper."""

    is_untitled: bool = False
    """Whether it has no title by its style, which names the venue behind the authors."""

    @property
    def is_known(self) -> bool:
        """Whether an id tells which paper it is."""
        return bool(self.arxiv or self.doi)

    @property
    def is_whole(self) -> bool:
        """Whether it says all that a reference says: names, a title, and when or where."""
        where = self.venue or self.publication or self.is_known or self.links
        if self.is_several or self.is_untitled:
            return self.is_untitled
        return bool(self.authors and self.title and (self.date or self.is_known) and where)


@dataclass(slots=True)
class Imprint:
    """What the text behind a title says."""

    venue: str = ""
    date: str = ""
    publication: dict[str, object] = field(default_factory=dict)

    @property
    def is_telling(self) -> bool:
        """Whether it says where in a venue, or by whom, a paper was published."""
        said = self.publication
        return any(said.get(name) for name in ("volume", "issue", "pages", "number", "type"))
