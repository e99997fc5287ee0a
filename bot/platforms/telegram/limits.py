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

ALERT_UNITS = 60
"""A longer toast, where it is all that is said, stays until it is closed: it takes time to read."""
ALBUM_PICTURES = 10
ALBUM_BYTES = 40 * 1024 * 1024
"""All pictures of one album; of a request of more than 50 MB nothing is taken."""
DOCUMENT_BYTES = 50 * 1024 * 1024
"""``sendDocument`` takes nothing larger."""
POLL_QUESTION_UNITS = 300
POLL_OPTION_UNITS = 100
POLL_EXPLANATION_UNITS = 200
POLL_LINES = 3
POLL_OPTIONS_LEAST = 2
POLL_OPTIONS = 10
POLL_KEPT_SECONDS = 2.0
"""After a poll is there for people to answer, it is kept within this time."""
POLL_SECONDS_LEAST = 5
POLL_SECONDS_MOST = 600
PHOTO_BYTES = 10 * 1024 * 1024
"""``sendPhoto`` takes nothing larger."""
FILE_BYTES = 20 * 1024 * 1024
"""``getFile`` serves nothing larger (tdlib/telegram-bot-api #51)."""
CLIP_SECONDS = 60.0
"""A longer video is not asked for."""
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

MESSAGES_IN_A_GROUP = (20, 60.0)
"""So many messages within so many seconds; Telegram's published limit."""
MESSAGES_IN_A_CHAT = (3, 3.0)
"""About one a second, a short burst allowed; Telegram's published limit."""
MESSAGES_IN_ALL = (30, 1.0)
"""To all chats together; Telegram's published limit."""
PACED_CHATS = 4096
"""Of more chats than this, those are forgotten whose limits are as good as new."""

FLOOD_TRIES = 3
FLOOD_SECONDS = 60.0
"""A chat that must wait longer than this loses its message; sooner tries would lengthen the ban."""

TYPING_SECONDS = 4.5
"""Telegram shows "typing" for five seconds."""
TAP_SECONDS = 10.0
"""A tap waits this long for its work to be done; it is too old after some 15 seconds."""

ALLOWED_UPDATES = (
    "message",
    "callback_query",
    "channel_post",
    "my_chat_member",
    "inline_query",
    "poll_answer",
)
"""What Telegram is asked to tell."""
WEBHOOK_CONNECTIONS = 40
"""What Telegram opens by itself; each holds one update until it is kept."""
WEBHOOK_BYTES = 1024 * 1024
"""An update is some kilobytes."""
WEBHOOK_SECONDS = 10.0
"""In which an update must have come whole."""
WEBHOOK_SETTLE_SECONDS = 5.0
"""After a start, taps that waited at Telegram come within this time."""
INLINE_RESULTS = 20
"""Cards on a page; Telegram takes 50."""
INLINE_CARDS = 100
"""Cards in all for one query."""
INLINE_ID_BYTES = 64
INLINE_DESCRIPTION_UNITS = 120
"""Two lines on a phone."""
INLINE_CACHE_SECONDS = 300
"""For so long Telegram answers the same person's same words by itself."""
DESCRIPTION_CHARACTERS = 512
"""Of what an empty chat with the bot shows."""
SHORT_DESCRIPTION_CHARACTERS = 120
"""Of the words on the bot's profile."""
SETTLED_SECONDS = 15.0
"""For so long a chat's taps are waited for before they are counted."""

UPDATES_AT_ONCE = 1_000_000
"""As good as none: python-telegram-bot counts waiting updates too, so that a low number lets one
chat starve all, and saves no memory by it, since each has its task before it is counted."""
WAITING_IN_A_CHAT = 200
"""Updates behind the one in hand; far more than a hand can send in the time of an answer."""
TAPS_WAITING_IN_A_CHAT = 2000
"""The same of taps, of which each takes but a moment."""
SMALL_FILE_BYTES = 4 * 1024 * 1024
"""Telegram's photos and most files from a phone are smaller."""
SMALL_FILES_AT_ONCE = 24
LARGE_FILES_AT_ONCE = 4
"""Files in memory, from download to answer: at most 176 MiB in all; only large ones wait for
large ones, so that a few slow documents hold up no photo."""
PICTURES_AT_ONCE = 8
"""Pictures that the assistant is asked about at once; taps and texts do not wait for them."""
REMEMBERED_UPDATES = 4096
RIGHTS_SECONDS = 60.0
"""For so long it is not asked again whether somebody runs a chat."""
REMEMBERED_MEMBERS = 4096
