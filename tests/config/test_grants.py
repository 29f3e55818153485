"""One table says what each process may do with each database table; nothing is granted beside it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from config import grants
from config.environment import Part, role_of
from config.grants import Grant, GrantsBroken

# Where words are, sealed or not, once they have been sent.
TESTIMONY = {
    "feedback.SealedText": "ciphertext",
    "feedback.Envelope": "wrapped_key",
    "feedback.Passage": "text",
    "feedback.RoundtablePart": "text",
    "surveys.Answer": "value",
    "analysis.ReleasedQuote": None,
    "analysis.PassageTag": None,
    "analysis.MachineTag": None,
}


def test_every_table_has_a_line():
    listed = set(grants._listed()[Part.PUBLIC])
    assert set(grants.tables()) - listed == set()


def test_every_line_has_a_table():
    for part in grants.PARTS:
        assert set(grants._listed()[part]) - set(grants.tables()) == set()


def test_a_new_table_without_a_line_is_refused():
    with pytest.raises(GrantsBroken, match=r"analysis\.Rumour has no line"):
        grants.grants_of(Part.PUBLIC, "analysis.Rumour")


def test_every_column_named_exists():
    for part in grants.PARTS:
        for label in grants._listed()[part]:
            columns = {field.column for field in grants.tables()[label]._meta.concrete_fields}
            for grant in grants.grants_of(part, label):
                assert set(grant.columns) <= columns, label


@pytest.mark.parametrize(("label", "column"), TESTIMONY.items())
def test_the_public_process_is_granted_no_look_at_testimony(label, column):
    for grant in grants.grants_of(Part.PUBLIC, label):
        assert grant.privilege == "insert"


def test_it_may_neither_change_nor_delete_what_was_sent():
    sent = ["feedback.Contribution", "feedback.SealedText", "feedback.Envelope", "surveys.Response", "surveys.Answer"]
    for label in sent:
        assert grants.grants_of(Part.PUBLIC, label) == (Grant("insert"),)


def test_it_reads_nothing_about_staff():
    for label in ("accounts.User", "accounts.Grant", "sessions.Session", "auth.Group", "wagtailcore.Revision"):
        assert grants.grants_of(Part.PUBLIC, label) == ()


def test_staff_reach_no_key_of_a_text_and_no_draft():
    assert Grant("select") not in grants.grants_of(Part.STAFF, "feedback.Envelope")
    assert grants.grants_of(Part.STAFF, "surveys.DraftAnswer") == ()


def test_nobody_but_the_public_process_reads_what_is_still_being_written():
    (_, look) = grants.grants_of(Part.WORKER, "surveys.DraftAnswer")
    assert not {"sitting_box", "period_box", "value"} & set(look.columns)


@pytest.mark.parametrize("line", ["selekt", "select; drop table x", "select(id", "all"])
def test_a_line_that_cannot_be_granted_is_refused(line):
    with pytest.raises(GrantsBroken):
        list(grants._read(line, "here"))


@pytest.fixture
def roles(db):
    """The three roles, for this test only; they may not sign in."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has roles")
    with connection.cursor() as cursor:
        for part in grants.PARTS:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role_of(part)])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {role_of(part)}")
    call_command("grant_roles", verbosity=0)


def refused(role, statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)
    except ProgrammingError as problem:
        return "permission denied" in str(problem)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return False


def test_the_server_refuses_what_the_table_does_not_grant(roles):
    for part in grants.PARTS:
        for label, model in grants.tables().items():
            may_look = Grant("select") in grants.grants_of(part, label)
            statement = f'SELECT * FROM "{model._meta.db_table}" LIMIT 1'  # noqa: S608 - our own tables
            assert refused(role_of(part), statement) is not may_look, f"{part}: {statement}"


def test_what_was_granted_before_is_taken_away(roles):
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON feedback_envelope TO heard_public")
    assert not refused("heard_public", "SELECT * FROM feedback_envelope")
    call_command("grant_roles", verbosity=0)
    assert refused("heard_public", "SELECT * FROM feedback_envelope")


@pytest.mark.django_db
def test_a_database_without_roles_says_so():
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has roles")
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("grant_roles")
