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
DOCUMENT_BYTES = 8 * 1024 * 1024
"""A file in an answer; a larger one is named, and not sent."""
NEWS_WAIT_SECONDS = 25.0
"""How long a request for news is held open: less than any proxy's patience."""
LISTENERS = 64
"""Requests for news that are held open at one time."""
LISTENERS_A_CHAT = 2
"""The same, of one browser: a tab or two, or one that left without a word."""
NEWS_AGAIN_SECONDS = 5.0
"""When to ask again where a request for news could not be held open."""
ACKNOWLEDGED = 32
"""Messages that one request can report."""
NEWS_A_CHAT = 8
NEWS_HELD = 1000
NEWS_BYTES = 64 * 1024 * 1024
"""News that wait to be fetched, and the pictures and files in them."""
NEWS_KEPT_SECONDS = 24 * 3600.0
"""News that nobody fetches in this time are dropped."""
NEWS_UNTOLD_SECONDS = 300.0
"""News that nobody fetches count as told after this time: they wait here, and no longer there."""
NEWS_PAUSE_SECONDS = 5.0
"""Between two attempts to hear news from a guide who cannot say any."""
QUESTIONS_HELD = 4096
QUESTION_SECONDS = 900.0
"""How long news are expected about a question."""
