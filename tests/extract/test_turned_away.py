"""Which candidates a rule turns away, whatever the judge may think, and which look like those but are left to it."""

import pytest

from bot.extract.rejections import turned_away
from tests.extract.readings import with_action

pytestmark = pytest.mark.model

LEFT_TO_THE_JUDGE = [
    ("The time has come when we shall redeem our pledge.", "redeem"),
    ("The quarrel began when a night guard refused to open the gate.", "open"),
    ("Well, we will send them —", "send"),
    ("High winds forced the agency to call off the launch.", "launch"),
    ("He's giving away a number of shares each year (until gone?).", "giving"),
    ("We are determined that Ukraine get what it needs.", "get"),
    ("We have never wavered in our commitment to the two states.", "states"),
    (
        "The Secretary reaffirmed the readiness of Norland, in coordination with its partners, to impose sanctions.",
        "impose",
    ),
    (
        "They spoke of the need for efforts to support the nurses and developed plans to coordinate the work.",
        "coordinate",
    ),
    ("It can be stopped if the government drops its plan to sell the mine.", "sell"),
    ("The deal requires approval by the board, which will discuss it in May.", "discuss"),
    ("Insurers have promised to see everybody with a claim.", "see"),
    ("She has now cancelled all promotion of the film Shall We Dance?", "promotion"),
]
TURNED_AWAY = [
    ("It could be stopped if the government had a plan to sell the mine.", "sell", "only supposed"),
    ("The ministry did not say when the talks will resume.", "resume", "left open, not said"),
    ("It has not been decided when the survey will be finished.", "finished", "left open, not said"),
    ("The ruling would force the firm to withdraw its claim.", "claim", "asked of others"),
    ("They urged Norland to call off the launch.", "launch", "asked of others"),
    ("Will you help the town?", "help", "asked, not said"),
    ("(Will you help the town?)", "help", "asked, not said"),
    ("QUESTION: Did they agree in May not to attack provincial —", "attack", "asked, not said"),
    ("The council agreed that the park is too small.", "small", "says what is, not what will be done"),
    ("They agreed on the need for Norland to drop its demands.", "demands", "said to be lacking"),
    ("She did not renew her commitment to the fund.", "fund", "denied"),
]


def reasons(nlp, sentence: str) -> dict[str, str]:
    """Why each candidate is turned away, by the first word of its action."""
    return {str(each.content): turned_away(each) for each in with_action(nlp, sentence)}


@pytest.mark.parametrize(("sentence", "content"), LEFT_TO_THE_JUDGE)
def test_what_only_looks_like_it_is_left_to_the_judge(nlp, sentence, content):
    assert reasons(nlp, sentence)[content] == ""


@pytest.mark.parametrize(("sentence", "content", "reason"), TURNED_AWAY)
def test_what_is_none_is_turned_away(nlp, sentence, content, reason):
    assert reasons(nlp, sentence)[content] == reason
