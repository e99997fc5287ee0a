"""``python -m tests.transcripts``: scenes of real conversations, drawn as pictures for the README.

Nothing that Docent says in them is written here: the bot says it, with the network that ships.
"""
