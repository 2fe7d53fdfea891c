"""Pictures for people who would rather look than read: the same chart always gives the same bytes."""

from bot.draw.timeline import draw_timeline

__all__ = ["draw_timeline"]
