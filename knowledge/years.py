"""Years within what people write of dates."""

import re

_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b")


def first_year(text: str) -> int | None:
    """Return the first year of a text such as ``c. 1665`` or ``1884–1886``; ``None`` without one.

    >>> first_year("1884–1886")
    1884
    """
    found = _YEAR.search(text)
    return int(found[0]) if found else None
