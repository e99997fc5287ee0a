"""What people call the labels."""

from knowledge.library import CONTENT
from knowledge.reading import read_content
from training.dataset import Prepared


def label_names(prepared: Prepared) -> dict[str, str]:
    """Return names by id: the library's where it has the entry, else those of the data."""
    content = read_content(CONTENT)
    names = {id_: id_.replace("-", " ").capitalize() for id_ in prepared.movements}
    names |= prepared.artist_names
    names |= {id_: artist.name for id_, artist in content.artists.items()}
    return names | {id_: movement.name for id_, movement in content.movements.items()}
