"""What one request may carry: the web chat's limits, in one place."""

PHOTO_BYTES = 20 * 1024 * 1024
"""A photo, or all the photos of one request together."""
ENVELOPE_BYTES = 64 * 1024
"""What the multipart form may add to its photos."""
WORDS_BYTES = 64 * 1024
"""Any other request body."""
PICTURE_BYTES = 2 * 1024 * 1024
"""A picture in an answer; a larger one is told in words alone."""
PHOTOS = 20
FIELDS = 4
FIELD_BYTES = 8192
TEXT_CHARACTERS = 2000
FILE_NAME_CHARACTERS = 200
CONNECTIONS = 200
GRACE_SECONDS = 20
"""How long photos in hand may take to finish when the server stops."""
HELD_BYTES = 128 * 1024 * 1024
"""The bodies with photos of all requests together, from before they are read to the answer."""
PATIENCE_SECONDS = 5.0
"""How long a photo waits for its share of `HELD_BYTES`."""
UPLOAD_SECONDS = 90.0
"""How long a photo may take to arrive, holding its share: as long as the page waits."""
