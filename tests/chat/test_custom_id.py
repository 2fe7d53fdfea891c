import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.custom_id import Button, pack, unpack
from bot.render.limits import ACTION_ARGUMENT, CUSTOM_ID

VERBS = ("page", "evidence", "show", "brief", "share", "remove", "keep")


@pytest.mark.parametrize("verb", VERBS)
def test_a_button_comes_back_as_it_was(verb):
    button = Button(verb, "c2|aFrance & the UK|d20260301", "p0123456789abcdef-a3")

    assert unpack(pack(button)) == button


@given(st.text(max_size=ACTION_ARGUMENT), st.from_regex(r"\A[a-z0-9-]{0,6}\Z"))
def test_any_argument_within_the_limit_comes_back(argument, mark):
    packed = pack(Button("evidence", argument, mark))

    assert len(packed) <= CUSTOM_ID
    assert unpack(packed) == Button("evidence", argument, mark)


@pytest.mark.parametrize(
    "text", ["", "d1", "d1:page", "x1:page::c0", "d1:PAGE::c0", "d1:page:bad mark:c0", "d2:page::c0"]
)
def test_what_was_never_packed_is_no_button(text):
    assert unpack(text) is None


@pytest.mark.parametrize("button", [Button("page", "x" * 120), Button("Page"), Button("page", mark="a b")])
def test_a_button_that_does_not_fit_is_a_mistake_in_the_code(button):
    with pytest.raises(ValueError, match="no custom_id"):
        pack(button)
