"""What Telegram allows, and the patience the adapter has with it."""

TEXT_UNITS = 4096
"""UTF-16 units of a message once its tags and entities are read."""
CREDITS_UNITS = 1024
"""UTF-16 units of that which the sources may take."""
BUTTON_UNITS = 64
"""UTF-16 units of a button; Telegram allows more, no phone shows more."""
BUTTONS_IN_A_ROW = 8
BUTTONS = 100
TOAST_UNITS = 200
COMMAND_UNITS = 256
"""UTF-16 units of a command's description in the menu."""

FILE_BYTES = 20 * 1024 * 1024
"""``getFile`` serves nothing larger (tdlib/telegram-bot-api #51)."""
PHOTO_SIDE = 1024
"""Pixels that the longer side of a photo should have: the network needs 224, framing the rest."""

DOWNLOAD_SECONDS = 30.0
DOWNLOAD_TRIES = 2
SEND_TRIES = 5
SEND_PAUSE_SECONDS = 1.0
"""Before a message that never left is sent again; doubles each time."""
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
QUICK_SECONDS = 2.0
"""A tap's toast waits this long for the answer; a tap is too old after some 15 seconds."""

UPDATES_AT_ONCE = 1024
"""Updates in hand, waiting ones included: they hold file ids, no pictures."""
PICTURES_AT_ONCE = 8
"""Pictures in memory; taps and texts do not wait for them."""
REMEMBERED_UPDATES = 4096
