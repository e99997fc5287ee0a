"""The one kind of failure that a user can cause or mend.

::

    UserError                 key of a phrase, and the values its sentence needs
    └── bot.vision.photo.PhotoError    a photo that cannot be used

Anything else that is raised is a fault of ours: it is logged with an id, and the user sees the id.
"""


class UserError(Exception):
    """A failure with a plain sentence: ``key`` names it in the phrases, ``values`` fill it in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
