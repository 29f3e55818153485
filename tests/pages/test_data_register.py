"""What we will know about you: nothing exists that the register does not name."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps
from django.utils.module_loading import import_string

from pages import data_register
from pages.data_register import register, tables_about_respondents, unnamed

OWN = {"accounts", "feedback", "surveys", "analysis", "pages"}
# What a respondent's row must never hold, by the way such fields are usually called or typed.
TELLTALE = ("ip", "address", "agent", "session", "referrer", "referer", "browser", "device", "email", "phone")


def test_every_table_and_field_is_named():
    assert unnamed() == []


@isolate_apps("feedback")
def test_a_planted_table_fails():
    class Visitor(models.Model):
        ip = models.GenericIPAddressField()

        class Meta:
            app_label = "feedback"

    assert unnamed([Visitor]) == ["feedback.Visitor is not in the register"]


@isolate_apps("feedback")
def test_a_planted_field_fails():
    class Contribution(models.Model):
        user_agent = models.TextField()

        class Meta:
            app_label = "feedback"

    assert "feedback.Contribution.user_agent is not in the register" in unnamed([Contribution])


@pytest.mark.parametrize("table", tables_about_respondents(), ids=lambda table: table.label)
def test_no_respondent_field_is_finer_than_a_day_or_tells_of_a_device(table: data_register.Table):
    model = apps.get_model(table.label)
    for field in model._meta.concrete_fields:
        assert not isinstance(field, (models.DateTimeField, models.TimeField, models.GenericIPAddressField)), field
        assert not set(field.name.split("_")) & set(TELLTALE), field


@pytest.mark.parametrize("table", tables_about_respondents(), ids=lambda table: table.label)
def test_no_respondent_row_has_a_counting_key(table: data_register.Table):
    key = apps.get_model(table.label)._meta.pk
    while key.remote_field:
        key = key.remote_field.model._meta.pk
    assert isinstance(key, models.UUIDField)


def test_each_scheduled_task_is_named_and_told_nothing():
    named = {task["name"] for task in register()["tasks"]}
    for name in settings.HEARD_SCHEDULE:
        assert name in named
        assert import_string(name).func.__code__.co_argcount == 0


def test_own_tables_are_never_waved_through_as_a_library():
    assert not OWN & set(register()["libraries"])
