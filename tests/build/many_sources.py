"""One paper in many sources, each in a format of its own."""

from __future__ import annotations

import json

from tests.command import page

TITLE = "Counting Ants on the Way to Work"


ABSTRACT = "We count ants. There are many of them."


LISTED = {
    "paper": {
        "id": "2508.01234",
        "title": f"{TITLE}\n  ",
        "summary": ABSTRACT,
        "publishedAt": "2025-08-05T00:00:00.000Z",
        "submittedOnDailyAt": "2025-08-07T00:00:00.000Z",
        "upvotes": 12,
        "authors": [{"name": "José García", "hidden": False}, {"name": "Bot", "hidden": True}],
    },
    "title": TITLE,
    "numComments": 2,
}


RIS = f"TY  - CPAPER\nTI  - {TITLE}\nAU  - Garcia, Jose\nPY  - 2025\nT2  - Proc. of Ants\nER  - \n"


SOURCES = {
    "pasted/2025-08-07.txt": page("Aug 7", [TITLE]),
    "2025-08-07.json": json.dumps([LISTED]),
    "library.ris": RIS,
}
