"""The walk through every command and button, with pictures."""
