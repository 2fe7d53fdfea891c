"""Only prose that is plainly in another language is refused."""

import pytest

from bot.text.english import other_language
from tests.text.make import ENGLISH, GERMAN

FRENCH = (
    "La République de Calder a déclaré mardi qu'elle enverrait des ingénieurs à Estrella Bay si la barrière est approuvée. "
    "Son envoyé a dit au conseil que les travaux pourraient commencer avant l'hiver."
)
OTHERS = {
    "French": FRENCH,
    "German": GERMAN,
    "Spanish": "La República de Calder dijo el martes que enviaría ingenieros a Estrella Bay si se aprueba la barrera. "
    "Su enviado dijo al consejo que las obras podrían comenzar antes del invierno.",
    "Russian": "Республика Кальдер заявила во вторник, что направит инженеров в залив Эстрелья, если барьер будет одобрен. "
    "Её посланник сообщил совету, что работы могут начаться до зимы.",
    "Chinese": "卡尔德共和国周二表示，如果风暴屏障获得批准，将派遣工程师前往埃斯特雷拉湾。其特使告诉理事会，工程可以在冬季之前开始，费用将由各方分担。",
    "Greek": "Η Δημοκρατία του Κάλντερ δήλωσε την Τρίτη ότι θα στείλει μηχανικούς στον κόλπο αν εγκριθεί το φράγμα. "
    "Ο απεσταλμένος της είπε στο συμβούλιο ότι τα έργα θα αρχίσουν.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language: str) -> None:
    assert other_language(OTHERS[language]) == language
    assert other_language(OTHERS[language] * 100) == language


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        ENGLISH * 200,
        "",
        "Hola.",
        "Bjørn Åsen, Østergård; François Lefèvre; Müller & Söhne",
        "Bundesrat",
        "12.5 14.6 18 20 22 24 26 28 30 " * 40,
        f"{ENGLISH} {ENGLISH} {GERMAN}",
        "Norhaven pledges dredgers. Calder refuses. Estrella Bay to vote in May on harbour dues, storm barrier, ferries.",
        "Ministers: Andrzej Duda, Volodymyr Zelenskyy, Emmanuel Macron, Giorgia Meloni, Pedro Sánchez, Karin Keller-Sutter, "
        "Ulf Kristersson and Jonas Gahr Støre agreed to meet.",
    ],
)
def test_english_short_and_mixed_texts_pass(text: str) -> None:
    assert other_language(text) is None


def test_quoted_foreign_passages_do_not_outvote_the_english_around_them() -> None:
    assert other_language(f"{ENGLISH} " * 40 + f"{GERMAN} " * 25) is None
    assert other_language(f"{ENGLISH} " * 10 + f"{GERMAN} " * 90) == "German"
