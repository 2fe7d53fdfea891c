import os

from bot.chat.watch import Stamp, scan, settled, untaken
from bot.domain import WatchedFile

OLD, NEW = Stamp(10, 1), Stamp(20, 2)


def test_files_of_all_folders_are_seen_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_text("c")
    (tmp_path / "a.txt").write_text("a")

    assert list(scan(tmp_path)) == ["a.txt", "b/c.txt"]


def test_hidden_half_written_and_linked_files_are_passed_over(tmp_path):
    for name in (".hidden", "~$brief.docx", "brief.pdf.part", "notes.txt~", "big.crdownload"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")

    assert scan(tmp_path) == {}


def test_a_folder_that_is_not_there_has_no_files(tmp_path):
    assert scan(tmp_path / "none") == {}


def test_only_what_two_looks_found_the_same_is_taken():
    assert settled({"a": OLD, "b": OLD}, {"a": OLD, "b": NEW, "c": NEW}) == {"a": OLD}


def test_what_was_dealt_with_is_not_taken_again_until_it_is_touched():
    known = {"a": WatchedFile("a", 10, 1, "h", "added"), "b": WatchedFile("b", 10, 1, "h", "it is empty")}

    assert untaken({"a": OLD, "b": NEW, "c": OLD}, known) == ("b", "c")
