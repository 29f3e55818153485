"""The walls of the house: what imports cannot say by themselves."""

import site
import subprocess
import sys
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ["config", "pages", "analysis", "surveys", "feedback", "accounts"]
HEAVY = ["spacy", "bertopic", "pandas", "sklearn", "onnxruntime", "umap", "numba"]


def test_the_source_root_never_becomes_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()
    assert site.getsitepackages()


def test_foreign_keys_point_down_the_layers():
    rank = {name: number for number, name in enumerate(LAYERS)}
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model._meta.app_label in rank
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if field.related_model._meta.app_label in rank
        if rank[field.related_model._meta.app_label] < rank[model._meta.app_label]
    ]
    assert upward == []


# Only a process that serves people loads this, from config.wsgi or config.asgi.
SERVING = ["py3langid"]


def test_the_web_process_loads_no_language_tools():
    code = (
        "import sys, django; sys.path[:0] = ['.', 'site']; django.setup(); import config.urls; "
        f"print([name for name in {HEAVY + SERVING!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": "", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_wagtail_follows_only_what_editors_write():
    # At every save of a model it follows, Wagtail stores a task row with the row's id and the microsecond.
    from wagtail.models import Page, ReferenceIndex

    written_by_editors = {"feedback.Consultation", "surveys.Survey"}
    followed = {
        model._meta.label
        for package in LAYERS
        if apps.is_installed(package) and package != "accounts"
        for model in apps.get_app_config(package).get_models(include_auto_created=True)
        if ReferenceIndex.model_is_indexable(model) and not issubclass(model, Page)
    }
    assert followed == written_by_editors


def test_every_python_file_under_tests_is_collected_or_known():
    known = {"conftest.py", "factories.py", "outbound.py", "small_models.py", "__init__.py"}
    stray = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if not path.name.startswith("test_") and path.name not in known
    ]
    assert stray == []
