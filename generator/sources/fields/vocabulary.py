"""What fields are called in the wild, in the languages that people write lists in."""

from __future__ import annotations

from typing import Final

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "title": (
        *("title", "paper title", "document title", "article title", "item title", "papers title"),
        *("submission title", "paper name", "work title", "paper's title", "primary title"),
        *("full title", "titles", "display name", "presentation title", "talk title"),
        *("poster title", "contribution title", "abstract title", "lecture title", "speech title"),
        *("manuscript title", "preprint title", "thesis title", "article name", "title/name"),
        *("name/title",),
        *("Titel", "Titre", "Título", "título del artículo", "Titolo", "Tytuł", "标题", "標題"),
        *("题目", "题名", "篇名", "论文题目", "论文标题", "论文名称", "文章标题", "タイトル"),
        *("題名", "論文名", "論文タイトル", "제목", "논문제목", "Название", "Заглавие"),
    ),
    "abstract": (
        *("abstract", "abstract note", "abstract text", "paper abstract", "abstracts", "summary"),
        *("summaries", "Zusammenfassung", "Kurzfassung", "Résumé", "Resumen", "Resumo", "Sommario"),
        *("Samenvatting", "摘要", "概要", "要旨", "抄録", "초록", "Аннотация", "description"),
    ),
    "authors": (
        *("author list", "author full names", "author names", "authors", "author", "author(s)"),
        *("author/s", "creators", "creator", "paper authors", "authors names", "author name"),
        *("authors full names", "author(s) name", "author(s) names", "full author list"),
        *("authors list", "list of authors", "written by", "all authors"),
        *("authorships.author.display_name", "Autor", "Autoren", "Autor(en)"),
        *("Verfasser", "Auteur", "Auteurs", "Auteur(s)", "Autores", "Autor(es)", "Autore"),
        *("Autori", "Autorzy", "作者", "作者姓名", "论文作者", "著者", "著者名", "저자", "Авторы"),
        *("Автор",),
    ),
    "published": (
        *("published", "date", "publication date", "published at", "date published"),
        *("published date", "published online", "pub date", "publish date", "online date"),
        *("issue date", "release date", "issued", "date posted", "posted", "Datum"),
        *("Erscheinungsdatum", "veröffentlicht am", "date de publication", "Fecha"),
        *("fecha de publicación", "data di pubblicazione", "日期", "发表时间", "发表日期"),
        *(
            "发布日期",
            "出版日期",
            "發表日期",
            "發行日期",
            "日付",
            "発行日",
            "year",
            "publication year",
            "pub year",
        ),
        *("published year", "year published", "Jahr", "Erscheinungsjahr"),
        *("Année", "Año", "Ano", "Anno", "Jaar", "Rok", "年份", "年", "年度", "出版年", "发表年份"),
        *("発行年", "연도", "발행년", "Год", "Дата"),
    ),
    "venue": (
        *("venue", "journal", "booktitle", "conference", "publication title", "source title"),
        *("journal/book", "journal title", "journal name", "proceedings title", "proceedings"),
        *("publication venue", "published in", "container title", "conference name"),
        *("conference title", "conference/journal", "journal/conference", "venue name"),
        *("journal/conference name", "source title/anthology title"),
        *("primary_location.source.display_name", "host venue display name", "journal ref"),
        *("proceeding", "publication", "Zeitschrift", "Zeitschrift/Zeitung", "Tagung"),
        *("Konferenz", "Revue", "Conférence", "Revista", "Conferencia", "Rivista", "Periódico"),
        *("期刊名称", "期刊名稱", "會議", "會議名稱", "来源期刊", "來源", "論文誌", "저널", "학회"),
        *("期刊", "刊名", "会议", "来源", "来源期刊", "文献来源", "雑誌名", "掲載誌", "会議名"),
        *("학술지", "Журнал", "pub", "source"),
    ),
    "arxiv": (
        *("arxiv", "arxiv id", "eprint", "arxiv number", "arxiv identifier", "arxiv no"),
        *("externalIds.ArXiv", "arxiv eprint", "arxiv eprints", "arxiv link", "arxiv url"),
    ),
    "doi": (
        *("doi", "item doi", "article doi", "externalIds.DOI", "digital object identifier"),
        *("doi link", "doi url", "paper doi"),
    ),
    "anthology": ("anthology", "anthology id", "externalIds.ACL"),
    "keywords": (
        *("keywords", "author keywords", "tags", "keyword", "manual tags", "key words", "labels"),
        *("keyword(s)", "paper keywords", "Schlagwörter", "Schlüsselwörter", "Stichwörter"),
        *("Stichworte", "Schlagworte", "mots-clés", "palabras clave", "palavras-chave"),
        *(
            "parole chiave",
            "trefwoorden",
            "关键词",
            "关键字",
            "關鍵詞",
            "關鍵字",
            "キーワード",
            "키워드",
        ),
        *("ключевые слова", "automatic tags", "index keywords"),
        *("keywords.display_name",),
    ),
    "organizations": ("organizations", "organization"),
    "categories": ("categories", "arxiv categories"),
    "upvotes": ("upvotes", "votes"),
    "comments": ("comments",),
}
"""What `RawRecord` calls a field, and the names it has in the wild, best first."""

DAYS: Final = ("listed", "day", "days")
"""Names of fields with the days of the lists that a paper was on."""

LINKS: Final[dict[str, tuple[str, ...]]] = {
    "pdf": (
        *("pdf", "pdf url", "paper pdf", "pdf link", "url pdf", "link to pdf", "full text url"),
        *(
            "primary_location.pdf_url",
            "best_oa_location.pdf_url",
            "openAccessPdf",
            "open_access.oa_url",
        ),
    ),
    "code": (
        *("code", "github", "code url", "code link", "url code", "github url", "github link"),
        *("repo", "repository", "repo url", "code repository", "source code"),
    ),
    "project": (
        *("project", "project page", "website", "project url", "url project", "homepage"),
        *("project website", "web page", "webpage"),
    ),
    "slides": ("slides", "slides url", "url slides", "slides link", "link to slides", "slide deck"),
    "video": (
        *("video", "video url", "url video", "video link", "link to video", "youtube", "recording"),
        *("recording url", "presentation video", "videos"),
    ),
    "poster": ("poster", "poster url", "url poster", "poster link", "poster pdf"),
    "dataset": ("dataset", "data", "dataset url", "url dataset", "dataset link", "data url"),
    "url": (
        *("url", "link", "site", "anthology url", "paper url", "paper link", "article url"),
        *(
            "paper",
            "links",
            "urls",
            "link to paper",
            "article link",
            "document url",
            "url abs",
            "abstract url",
        ),
        *("url paper", "openreview", "openreview url", "openreview link", "landing page url"),
        *("primary_location.landing_page_url", "html", "abs", "Lien", "Enlace", "链接", "网址"),
        *(
            "论文链接",
            "連結",
            "鏈接",
            "リンク",
            "링크",
            "Ссылка",
            "external url",
            "source urls",
            "forum",
        ),
    ),
}
"""Kinds of links, and the names that fields with their addresses have."""

PUBLICATION: Final[dict[str, tuple[str, ...]]] = {
    "type": ("type", "item type", "document type", "publication type", "reference type", "dt"),
    "volume": (
        *("volume", "vol", "Band", "Jahrgang", "tome", "volumen", "tomo", "卷", "巻", "권", "Том"),
        *("vl", "biblio.volume"),
    ),
    "issue": (
        *("issue", "issue number", "Heft", "numéro", "fascículo", "fascicolo", "期", "号", "호"),
        *("Выпуск", "is", "biblio.issue"),
    ),
    "pages": (
        *("pages", "page", "pagination", "page range", "page numbers", "Seiten", "páginas"),
        *("pagine", "页码", "頁碼", "页", "ページ", "페이지", "Страницы"),
    ),
    "first page": (
        "start page",
        "page start",
        "first page",
        "beginning page",
        "bp",
        "biblio.first_page",
    ),
    "last page": ("end page", "page end", "last page", "ending page", "ep", "biblio.last_page"),
    "number": ("article number", "art. no.", "report number", "ar"),
    "publisher": (
        "publisher",
        "Verlag",
        "éditeur",
        "editorial",
        "editore",
        "出版社",
        "Издательство",
        "pu",
    ),
    "place": ("place", "conference location", "location", "Ort"),
    "edition": ("edition", "Auflage"),
    "series": ("series", "series title", "book series title", "Reihe"),
    "editors": ("editors", "editor", "book editors", "Herausgeber"),
    "isbn": ("isbn", "isbns"),
    "issn": ("issn", "issns", "sn"),
    "language": ("language", "language of original document", "Sprache", "langue", "idioma", "la"),
    "license": ("license", "licence", "Lizenz"),
}
"""Parts of `papers.Publication`, and the names that they have in the wild; pages may be in two."""

TYPES: Final[dict[str, tuple[str, ...]]] = {
    "article-journal": (
        "journal article",
        "journal articles",
        "article",
        "journal",
        "research article",
    ),
    "article-magazine": ("magazine article",),
    "article-newspaper": ("newspaper article",),
    "article": ("preprint", "posted content", "eprint"),
    "book": ("book", "monograph", "edited book"),
    "chapter": ("book section", "book chapter", "chapter", "incollection", "inbook"),
    "dataset": ("dataset", "data paper"),
    "paper-conference": (
        *("conference paper", "conference and workshop papers", "proceedings paper", "conference"),
        *("proceedings article", "conference proceedings", "inproceedings", "conference object"),
    ),
    "report": ("report", "technical report"),
    "software": ("software", "computer program"),
    "thesis": (
        "thesis",
        "dissertation",
        "phd thesis",
        "doctoral thesis",
        "master thesis",
        "mastersthesis",
        "phdthesis",
    ),
    "webpage": ("web page", "blog post"),
}
"""Types of CSL, and what programs call them in a column: Zotero, Scopus, the Web of Science."""

# Names of parts of dates, and of lists of authors.
YEAR: Final = ("year", "publication year", "pub year", "published year", "Jahr", "Année", "Año")
MONTH: Final = ("month", "publication month", "published month", "Monat", "Mois", "Mes", "月")
FIRST_AUTHOR: Final = (
    *("first author", "primary author", "primary authors", "primary author(s)", "main author"),
    *("lead author", "principal author", "first author name"),
)
OTHER_AUTHORS: Final = ("co-authors", "co-author", "other authors", "additional authors")
SPEAKERS: Final = (
    *("speaker", "speakers", "presenter", "presenters", "speaker(s)", "presenter(s)"),
    *("presenting author", "presenting authors", "presenting author(s)", "presented by"),
    *("speaker name", "speakers names", "presenter name", "presenters names", "lecturer"),
    *("Vortragende", "Referent", "Orateur", "Ponente", "Relatore", "报告人", "演讲者", "発表者"),
)
"""Names for who tells of a paper, who counts as its author where no others are named."""

OTHERS: Final = (
    *("id", "uid", "key", "paper id", "entry id", "archive id", "external ids", "#", "no", "no."),
    *("序号", "序號", "编号", "番号", "번호", "№", "n°", "núm.", "lfd. nr.", "row"),
    *("nr", "nr.", "number", "index", "s. no.", "sl. no.", "sr. no."),
    *("former ids", "sources", "version", "revised", "rank", "counted", "withdrawn", "retracted"),
)
"""Names of fields that are read in their own way, or number the rows."""
