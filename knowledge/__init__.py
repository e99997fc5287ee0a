"""Docent's library: painters and movements, with sources; our own store first, Wikipedia after."""
