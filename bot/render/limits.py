"""Discord's limits, in one place. Characters are counted as Discord counts them: UTF-16 code units at worst."""

MESSAGE_TEXT = 4000
"""Characters of text over all components of a Components V2 message."""
MESSAGE_COMPONENTS = 40
"""Components of a Components V2 message, nested ones included."""
SECTION_TEXTS = 3
ROW_BUTTONS = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
ALT_TEXT = 1024
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
THREAD_NAME = 100
FORUM_TAGS = 5
MODAL_TITLE = 45
MODAL_INPUT = 4000
SELECT_OPTIONS = 25
FILE_BYTES = 10 * 1024 * 1024
EMBED_DESCRIPTION = 4096
ACTION_ARGUMENT = 80
"""What an Action's argument may hold, so that the verb and a prefix still fit a custom_id."""
LINK = 512
"""How long the address behind a button may be."""
OPEN = "open"
"""The verb of an Action that leads out, to the address that is its argument."""
