"""The default gallery: every titled work of the data, so that similar ones can be shown."""

import re
from pathlib import Path

import numpy as np

from bot.vision.gallery import Work, write_gallery
from training.evaluate import Judge
from training.few_shot import few_painters
from training.splitting import Example

YEAR_AT_THE_END = re.compile(r"[\s,(]+(1[0-9]{3}|20[0-2][0-9])\)?$")


def write_default_gallery(path: Path, judge: Judge) -> int:
    """Write one row a painting: the titled ones, and all by few-shot painters; return how many."""
    examples = judge.prepared.examples
    few = {number for numbers in few_painters(judge.prepared).values() for number in numbers}
    chosen: dict[str, int] = {}
    for number, example in enumerate(examples):
        if work_title(example.title):
            chosen.setdefault(work_of(example).id, number)
        elif number in few:
            chosen[f"{example.artist}-{number}"] = number
    numbers = np.array(sorted(chosen.values()), np.int64)
    works = [work_of(examples[number]) for number in numbers]
    write_gallery(path, judge.outputs(numbers)["embedding"], works)
    return len(works)


def work_of(example: Example) -> Work:
    """Return a work as the gallery keeps it: id, title, the painter's id and the year."""
    title = work_title(example.title)
    words = re.findall(r"[a-z0-9]+", f"{example.artist} {title}".lower())
    return Work("-".join(words), title, example.artist, example.year)


def work_title(title: str) -> str:
    """Return a title as it may be shown: without the year at its end, with a capital."""
    title = YEAR_AT_THE_END.sub("", title.strip())
    return title[:1].upper() + title[1:]
