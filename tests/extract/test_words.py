"""Word lists beside the cues."""

import pytest

from bot.errors import SettingsError
from bot.extract.words import load_words


def test_lists_come_in_lower_case_and_in_order(tmp_path):
    (tmp_path / "x.toml").write_text('[words]\ncolours = ["Red", "blue"]\n', encoding="utf-8")
    assert load_words("x", tmp_path) == {"colours": ("red", "blue")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "is missing"),
        ("[words", "not valid TOML"),
        ('[words]\ncolours = "red"\n', "words.colours must be a list"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path, text, said):
    if text is not None:
        (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_words("x", tmp_path)
