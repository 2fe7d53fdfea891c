"""Dossier in Discord: the client, how commands are loaded, how answers are given, what is posted by itself.

Only here and in `commands/` is discord imported. See docs/discord.md.
"""
