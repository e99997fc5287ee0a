"""What Telegram allows, and the patience the adapter has with it."""

TEXT_UNITS = 4096
"""UTF-16 units of a message once its tags and entities are read."""
CAPTION_UNITS = 1024
"""UTF-16 units of the words under a photo."""
CREDITS_UNITS = 1024
"""UTF-16 units of that which the sources may take; no more than a quarter of all."""
BUTTON_UNITS = 64
"""UTF-16 units of a button; Telegram allows more, no phone shows more."""
BUTTONS_IN_A_ROW = 8
BUTTONS = 100
TOAST_UNITS = 200
COMMAND_UNITS = 256
"""UTF-16 units of a command's description in the menu."""

PHOTO_BYTES = 10 * 1024 * 1024
"""``sendPhoto`` takes nothing larger."""
FILE_BYTES = 20 * 1024 * 1024
"""``getFile`` serves nothing larger (tdlib/telegram-bot-api #51)."""
PHOTO_SIDE = 1024
"""Pixels that the longer side of a photo should have: the network needs 224, framing the rest."""

ALBUM_SECONDS = 1.0
"""For so long the rest of an album is waited for; its messages come within a blink."""
REMEMBERED_ALBUMS = 1024

DOWNLOAD_SECONDS = 30.0
DOWNLOAD_TRIES = 2
SEND_TRIES = 5
"""For an edit whose request left, but brought no answer."""
SEND_PAUSE_SECONDS = 1.0
"""Before a request that never left is made again; doubles each time."""
SEND_PAUSE_MOST_SECONDS = 30.0
UNSENT_SECONDS = 600.0
"""An answer that could not leave for so long comes too late to be of use."""
CHECK_SECONDS = 10.0
POLL_SECONDS = 25
CONNECT_PAUSE_SECONDS = 60.0
"""The longest pause between two attempts to reach Telegram at start."""
STOP_SECONDS = 60.0

FLOOD_TRIES = 3
FLOOD_SECONDS = 60.0
"""A chat that must wait longer than this loses its message; sooner tries would lengthen the ban."""

TYPING_SECONDS = 4.5
"""Telegram shows "typing" for five seconds."""
TAP_SECONDS = 10.0
"""A tap waits this long for its work to be done; it is too old after some 15 seconds."""

UPDATES_AT_ONCE = 1_000_000
"""As good as none: python-telegram-bot counts waiting updates too, so that a low number lets one
chat starve all, and saves no memory by it, since each has its task before it is counted."""
WAITING_IN_A_CHAT = 200
"""Updates behind the one in hand; far more than a hand can send in the time of an answer."""
SMALL_FILE_BYTES = 4 * 1024 * 1024
"""Telegram's photos and most files from a phone are smaller."""
SMALL_FILES_AT_ONCE = 24
LARGE_FILES_AT_ONCE = 4
"""Files in memory, from download to answer: at most 176 MiB in all; only large ones wait for
large ones, so that a few slow documents hold up no photo."""
PICTURES_AT_ONCE = 8
"""Pictures that the assistant is asked about at once; taps and texts do not wait for them."""
REMEMBERED_UPDATES = 4096
