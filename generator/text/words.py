"""Numbers in sentences."""


def counted(number: int, noun: str) -> str:
    """How many there are of something: `1 paper`, `1,204 papers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
