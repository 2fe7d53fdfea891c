import commands
from bot.chat.loader import load
from bot.chat.table import HELP, MEMBERS, MODERATORS, Row, command_table, help_lines, rows


def test_the_table_has_a_row_for_every_command_and_subcommand():
    table = command_table()

    assert (
        "| `/commitments [actor] [recipient] [kind] [status] [about] [source] [since] [as_of] [order] [passed] [share]` |"
        in table
    )
    assert (
        "| `/source add [file] [url] [title] [date] [supersedes] [preview] [file2] [file3] [file4] [file5]` |" in table
    )
    assert "| `/show id` | One commitment" in table
    assert table.count("\n") == len(rows(load(commands))) + 2


def test_commands_for_moderators_come_last():
    groups = [row.group for row in rows(load(commands))]

    assert groups == sorted(groups, key=[MEMBERS, MODERATORS].index)
    assert set(groups) == {MEMBERS, MODERATORS}


def test_the_table_is_the_same_from_the_package_and_from_its_name():
    assert command_table(commands) == command_table("commands")


def test_help_can_be_clicked_where_the_ids_are_known():
    shown = rows(load(commands))

    assert "</source add:77> </source queue:77> add" in help_lines(shown, {"source": 77})
    assert "**/facts** key facts" in help_lines(shown, {"source": 77})


def test_help_names_each_command_once_by_what_it_is_for_and_a_member_is_told_of_none_for_moderators():
    shown = rows(load(commands))
    named = [name for purposes in HELP.values() for group, _ in purposes for name in group]

    assert sorted(named) == sorted(row.name for row in shown)
    assert "moderators)" not in help_lines([row for row in shown if row.group == MEMBERS], {})
    assert "for moderators\n" not in help_lines([row for row in shown if row.group == MEMBERS], {})


def test_a_command_that_help_has_no_place_for_is_told_all_the_same():
    assert help_lines([Row(MEMBERS, "dance", "", "Dances")], {}) == "**/dance** Dances"


def test_help_fits_a_phone():
    shown = rows(load(commands))

    assert help_lines(shown, {}).count("\n") < 36
    assert all(len(words) <= 46 for purposes in HELP.values() for _, words in purposes)


def test_help_leaves_room_for_more_commands_in_one_message():
    shown = rows(load(commands))
    ids = {row.name.split()[0]: 10**18 for row in shown}

    assert len(help_lines(shown, ids)) < 3600
    assert all(row.name in help_lines(shown, ids) for row in shown)
