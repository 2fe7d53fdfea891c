"""The command line's verbs, by subject; `bot.__main__` puts them together.

Nothing heavy (spaCy, discord) is imported before a verb needs it, so that help and lists are there at once.
"""
