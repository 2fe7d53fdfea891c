import commands
from bot.chat.loader import load
from bot.chat.table import MEMBERS, MODERATORS, command_table, rows


def test_the_table_has_a_row_for_every_command_and_subcommand():
    table = command_table()

    assert "| `/commitments [actor] [recipient] [kind] [status] [about] [since] [as_of] [share]` |" in table
    assert "| `/source add [file] [title] [date]` |" in table
    assert "| `/show id` | One commitment" in table
    assert table.count("\n") == len(rows(load(commands))) + 2


def test_commands_for_moderators_come_last():
    groups = [group for group, _, _ in rows(load(commands))]

    assert groups == sorted(groups, key=[MEMBERS, MODERATORS].index)
    assert set(groups) == {MEMBERS, MODERATORS}


def test_the_table_is_the_same_from_the_package_and_from_its_name():
    assert command_table(commands) == command_table("commands")
