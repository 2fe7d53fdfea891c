"""A text and what papers make of it, to tell near-copies by."""

PLEDGE = "Norland will rebuild the bridge for Estmark by June."
SENTENCES = (
    "The ministers of Norland and Estmark met in Vell on Tuesday to talk about the flood of last spring.",
    PLEDGE,
    "The works are to cost 40 million crowns, of which the Union pays a half.",
    "Some 1,200 people still live in tents on the eastern bank of the river.",
    "The minister said that the ferry would not run again before the winter is over.",
    "Engineers have looked at the pillars and found that three of them can be used again.",
    "The two countries had quarrelled for years over who was to look after the crossing.",
    "A further meeting is planned in Holm in the autumn.",
)
RELEASE = "\n".join(SENTENCES) + "\n"


def rerun(text: str = RELEASE, *, headline: str = "Bridge to be rebuilt after flood") -> str:
    """A text as another paper runs it: a headline, a byline, a word otherwise, the end cut off."""
    *kept, _ = text.strip().splitlines()
    body = "\n".join(kept).replace("The minister said", "The minister added")
    return f"{headline}\nBy our own correspondent\n{body}\n"
