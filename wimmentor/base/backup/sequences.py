"""Ids that were given are not given again: links, letters and people's notes may still name them."""

from django.db import connection, models

# Of the time between backup and restore, whose rows are lost.
GAP = 1000


def counts_up(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField)


def last_id(model: type[models.Model]) -> int:
    """The highest id that was ever given in this table."""
    if not counts_up(model):
        return 0
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            return int(row[0]) if row else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        sequence = cursor.fetchone()[0]
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 - named by the database
        return int(cursor.fetchone()[0])


def go_on_after(model: type[models.Model], given: int) -> None:
    if not counts_up(model) or not given:
        return
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, given + GAP])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, given + GAP])
