"""What Discord allows, and the patience the adapter has with it."""

from typing import Literal

TITLE_UNITS = 256
DESCRIPTION_UNITS = 4096
"""Of an embed's description, with its markdown; with the title it stays below 6000."""
CONTENT_UNITS = 2000
"""Of the words of a message without an embed."""
CREDITS_UNITS = 1536
"""Of that which the sources may take of a description, links included."""
ALT_UNITS = 1024
BUTTON_UNITS = 80
BUTTONS_IN_A_ROW = 5
ROWS = 5
MESSAGES_OF_BUTTONS = 4
"""A hundred buttons; more than fit under one message go on under the next."""

COMMAND_UNITS = 100
"""Of the description of a command or of what it asks."""
COMMAND_NAME_UNITS = 32
SUGGESTIONS = 25
SUGGESTION_UNITS = 100

FILE_BYTES = 10 * 1024 * 1024
"""The largest file a bot may send; servers with boosts allow more, nobody must."""
FILES = 10
"""Files under one message."""
FILES_BYTES = 24 * 1024 * 1024
"""All files of one message."""

THREAD_NAME_UNITS = 100
THREAD_MINUTES: Literal[1440] = 1440
"""Without a word for so long, a thread is put away; the next word brings it back."""

PICTURE_BYTES = 20 * 1024 * 1024
"""The largest picture that is fetched; Discord itself takes up to 500 MB from those who pay."""
ALBUM_BYTES = 40 * 1024 * 1024
"""All pictures of one question; what is beyond is left out."""
HELD_BYTES = 160 * 1024 * 1024
"""Pictures in memory at once, from download to answer."""
PICTURES_AT_ONCE = 8
"""Questions about pictures that the assistant is asked at once; taps and words do not wait."""
DOWNLOAD_SECONDS = 30.0
DOWNLOAD_TRIES = 2

SEND_PAUSE_SECONDS = 1.0
"""Before a request that never left is made again; doubles each time."""
SEND_PAUSE_MOST_SECONDS = 30.0
UNSENT_SECONDS = 600.0
"""An answer that could not leave for so long comes too late to be of use."""
SUGGEST_SECONDS = 2.0
"""Discord waits three for suggestions."""
CHECK_SECONDS = 15.0
CONNECT_PAUSE_SECONDS = 60.0
"""The longest pause between two attempts to reach Discord at start."""
STOP_SECONDS = 60.0
WAITING_OF_A_PERSON = 50
"""Questions of one person in one chat behind the one in hand; more are not by hand."""
REMEMBERED_LOCALES = 4096
