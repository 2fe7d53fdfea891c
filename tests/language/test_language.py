import json
import re
import resource
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from bot.errors import ModelMissing
from bot.language import MAX_PIECE_WORDS, PIPELINE, load_nlp, parse, parse_blocks

pytestmark = pytest.mark.model

OFFER = "France and the UK have offered a written commitment to deploy troops."
BLOCKS = (
    OFFER,
    "",
    "  Leading blanks,\nand a line break in the middle.\n\n",
    "“We don’t know yet,” she said. Whether Germany's parliament will agree is unclear.",
    "The minister promised that aid would arrive by 12 May 2026; Kyiv has not confirmed it.",
)


def facts(doc):
    return [
        (t.text, t.idx, t.lemma_, t.tag_, t.pos_, str(t.morph), t.dep_, t.head.i, t.is_sent_start, t.ent_type_)
        for t in doc
    ]


def word(doc, text):
    return next(token for token in doc if token.text == text)


def relations(doc):
    return {(token.text, token.dep_, token.head.text) for token in doc}


@pytest.mark.parametrize("block", BLOCKS)
def test_text_and_offsets_of_a_block_are_kept(nlp, block):
    doc = parse(nlp, block)
    assert doc.text == block
    assert all(block[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_every_block_gets_its_document_in_order(nlp):
    assert [doc.text for doc in parse_blocks(nlp, BLOCKS)] == list(BLOCKS)


def test_no_blocks_give_no_documents(nlp):
    assert list(parse_blocks(nlp, [])) == []


def test_a_block_is_read_alike_whatever_stands_beside_it(nlp):
    many = [*BLOCKS * 40, *reversed(BLOCKS * 40)]
    alone = {block: facts(parse(nlp, block)) for block in BLOCKS}
    assert all(facts(doc) == alone[doc.text] for doc in parse_blocks(nlp, many))


def test_two_loads_read_alike(nlp):
    again = load_nlp()
    assert [facts(d) for d in parse_blocks(again, BLOCKS)] == [facts(d) for d in parse_blocks(nlp, BLOCKS)]


def test_reading_keeps_to_one_thread(nlp):
    assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} == {1}


def test_numpy_multiplies_the_matrices_of_every_layer(nlp):
    layers = [node for _, pipe in nlp.pipeline if hasattr(pipe, "model") for node in pipe.model.walk()]
    assert layers
    assert not any(layer.ops.use_blis for layer in layers)


def test_blocks_are_read_as_they_are_asked_for(nlp):
    taken = []

    def blocks():
        for number in range(1_000):
            taken.append(number)
            yield OFFER

    next(parse_blocks(nlp, blocks()))
    assert len(taken) < 500


def test_a_long_block_is_one_document_with_its_text_and_offsets(nlp):
    text = " ".join([*BLOCKS, "No end"]) * 100
    doc = parse(nlp, text)
    assert len(doc) > 3 * MAX_PIECE_WORDS
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert doc.has_annotation("SENT_START")
    assert sum(1 for sent in doc.sents if sent.root.text == "offered") == 100


def test_a_long_block_without_sentence_ends_is_read(nlp):
    text = "word " * (2 * MAX_PIECE_WORDS)
    assert parse(nlp, text).text == text


def test_memory_does_not_grow_with_the_length_of_a_block(nlp):
    text = f"{OFFER} " * 1_500
    parse(nlp, text[: len(text) // 10])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parse(nlp, text)
    grown_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mib < 150


def test_a_joint_subject_is_found(nlp):
    found = relations(parse(nlp, OFFER))
    assert {
        ("France", "nsubj", "offered"),
        ("UK", "conj", "France"),
        ("have", "aux", "offered"),
        ("commitment", "obj", "offered"),
        ("deploy", "acl", "commitment"),
        ("troops", "obj", "deploy"),
    } <= found


def test_the_verb_of_an_offer_is_the_root_in_the_perfect(nlp):
    verb = word(parse(nlp, OFFER), "offered")
    assert (verb.dep_, verb.lemma_, verb.tag_, verb.pos_) == ("ROOT", "offer", "VBN", "VERB")


def test_a_promise_with_a_clause_is_found(nlp):
    found = relations(parse(nlp, "The government promised that it would not raise taxes before the election."))
    assert {
        ("government", "nsubj", "promised"),
        ("raise", "ccomp", "promised"),
        ("it", "nsubj", "raise"),
        ("not", "advmod", "raise"),
        ("taxes", "obj", "raise"),
    } <= found


def test_an_indirect_question_is_found(nlp):
    found = relations(parse(nlp, "It is unclear whether the US will back European troops if they come under attack."))
    assert {
        ("whether", "mark", "back"),
        ("US", "nsubj", "back"),
        ("if", "mark", "come"),
        ("come", "advcl", "back"),
    } <= found


def test_a_passive_has_its_agent(nlp):
    found = relations(parse(nlp, "The agreement was signed by both ministers on Monday."))
    assert {("agreement", "nsubj:pass", "signed"), ("ministers", "obl:agent", "signed")} <= found


def test_a_contraction_is_two_words_with_their_lemmas(nlp):
    doc = parse(nlp, "They don't know, and we can’t say.")
    assert [(t.text, t.lemma_) for t in doc][1:4] == [("do", "do"), ("n't", "not"), ("know", "know")]
    assert [(t.text, t.lemma_) for t in doc][7:10] == [("ca", "can"), ("n’t", "not"), ("say", "say")]


def test_lemmas_are_in_lower_case(nlp):
    doc = parse(nlp, "Ministers From NATO COUNTRIES Promised Kyiv More Aid.")
    assert all(token.lemma_ == token.lemma_.lower() for token in doc)


def test_sentences_end_where_they_should(nlp):
    doc = parse(nlp, "Mr. Smith met the U.S. envoy at 10 a.m. on Monday. Did they agree? Nobody said so.")
    assert [len(sent.text) for sent in doc.sents] == [50, 15, 15]


def test_names_are_people_bodies_or_places(nlp):
    doc = parse(nlp, "Emmanuel Macron met officials in Paris. NATO was not invited, Angela Merkel said in Berlin.")
    names = {entity.text: entity.label_ for entity in doc.ents}
    assert names["Emmanuel Macron"] == "PER"
    assert names["Paris"] == "LOC"
    assert set(names.values()) <= {"PER", "ORG", "LOC"}


def test_no_list_of_the_words_it_was_trained_on_ships_with_the_pipeline():
    strings = json.loads((PIPELINE / "vocab" / "strings.json").read_text("utf8"))
    assert {"nsubj", "NNP", "PER"} <= {*strings}
    assert len(strings) < 1_500
    assert [s for s in strings if re.search(r"@.*\.|www|\d{4}", s)] == []


def test_a_missing_pipeline_names_what_to_run(tmp_path: Path):
    with pytest.raises(ModelMissing, match="make model"):
        load_nlp(tmp_path)


def test_a_damaged_pipeline_names_what_to_run(tmp_path: Path):
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 3\n", encoding="utf8")
    with pytest.raises(ModelMissing, match="make model"):
        load_nlp(tmp_path)


@pytest.mark.model
def test_a_run_without_white_space_takes_no_longer_than_its_length_asks_for(nlp):
    text = "Norland will help. " + "(" * 2000 + "x" + ")" * 2000 + " Estmark agrees.\n" + "-" * 401 + "a"
    calls = []

    class Counted:
        def __init__(self, tokenizer):
            self.tokenizer = tokenizer

        def __call__(self, piece):
            calls.append(len(piece))
            return self.tokenizer(piece)

    tokenizer, nlp.tokenizer = nlp.tokenizer, Counted(nlp.tokenizer)
    try:
        doc = parse(nlp, text)
    finally:
        nlp.tokenizer = tokenizer

    assert doc.text == text
    assert max(calls) <= 400, "the tokenizer's time grows with the square of a run"
    assert [token.text for token in doc][:4] == ["Norland", "will", "help", "."]
