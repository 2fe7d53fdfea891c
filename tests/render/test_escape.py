import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.escape import code, discord, visible

MARKDOWN_SIGNS = r"[*_~`|<>\[\]()#]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("ring\x07", "ring⟨U+0007⟩"),
        ("\x1b[31mred", "⟨U+001B⟩[31mred"),
        ("zero\ufeffwidth", "zero⟨U+FEFF⟩width"),
        ("half \ud800", "half ⟨U+D800⟩"),
    ],
)
def test_a_character_that_hides_or_reorders_is_written_out(text, shown):
    assert visible(text) == shown


def test_a_text_is_put_on_one_line():
    assert visible("one\n\ttwo\u2028three") == "one two three"


def test_a_soft_hyphen_is_not_shown_because_it_is_no_trick():
    assert visible("co\u00adoperation") == "cooperation"


@pytest.mark.parametrize("text", ["👩‍👩‍👧 family", "❤️‍🔥", "Zoë naïve Łódź", "你好", "👍🏽"])
def test_accents_other_scripts_and_emoji_stay_as_they_are(text):
    assert visible(text) == text


def test_a_joiner_between_letters_is_written_out():
    assert visible("pay\u200dpal") == "pay⟨U+200D⟩pal"


@given(st.text())
def test_nothing_shown_can_hide_reorder_or_break_the_line(text):
    shown = visible(text)
    joiners_in_emoji = {"\u200d"}
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in joiners_in_emoji]


@pytest.mark.parametrize(
    "text",
    ["**bold**", "__under__", "~~gone~~", "`code`", "||spoiler||", "[text](https://example.org)", "# title", "> quote"],
)
def test_markdown_in_a_source_is_only_text(text):
    assert not re.search(rf"(?<!\\){MARKDOWN_SIGNS}", discord(text))


@pytest.mark.parametrize("text", ["- item", "+ item", "-# small"])
def test_a_line_that_starts_like_a_list_is_no_list(text):
    assert discord(text).startswith("\\")


@pytest.mark.parametrize("text", ["1. first", "12) twelfth", "2026. A year."])
def test_a_line_that_starts_with_a_number_is_no_list(text):
    assert not re.match(r"\d+[.)]", discord(text))


@pytest.mark.parametrize("text", ["@everyone", "@here", "hello @EVERYONE now"])
def test_everyone_is_never_mentioned(text):
    assert not re.search(r"@(everyone|here)", discord(text), re.IGNORECASE)


@pytest.mark.parametrize(
    "text", ["<@123456789012345678>", "<#123>", "<@&123>", "</ban:123>", "<t:0:R>", "<:x:123>", "<id:browse>"]
)
def test_no_mention_timestamp_or_custom_emoji_survives(text):
    assert "\\<" in discord(text)
    assert not re.search(r"(?<!\\)<", discord(text))


@pytest.mark.parametrize("text", ["https://example.org/a_b", "see HTTP://EXAMPLE.ORG", "discord://x"])
def test_a_link_in_a_source_is_only_text(text):
    assert not re.search(r"(?<!\\)://", discord(text))


@given(st.text(alphabet="\\*_`<>@#-1. \n[]()|~ab:/everyonh\u202e", max_size=60))
def test_every_sign_that_discord_reads_is_behind_a_backslash(text):
    without_pairs = re.sub(r"\\[\W_]", "", discord(text))
    assert not re.search(rf"{MARKDOWN_SIGNS}", without_pairs)
    assert not re.search(r"@(everyone|here)", discord(text), re.IGNORECASE)


@pytest.mark.parametrize(("text", "shown"), [("#5", "`#5`"), ("C-12", "`C-12`"), ("a`b", "`ab`"), ("S_2", "`S_2`")])
def test_a_code_span_shows_no_backslash_and_cannot_be_left(text, shown):
    assert code(text) == shown


def test_a_code_span_mentions_nobody():
    assert "@everyone" not in code("@everyone")
