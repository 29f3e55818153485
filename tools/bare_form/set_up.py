"""Makes what both forms need in an empty database, and prints a session's key and the survey's code."""

import django


def main() -> None:
    """Tables, static files, keys, the demonstration's survey, and one session."""
    django.setup()
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 - needs Django
    from django.core.management import call_command  # noqa: PLC0415

    from config.demo.loading import load_content  # noqa: PLC0415
    from config.demo.people import make_people  # noqa: PLC0415
    from feedback.keys import prepare_periods  # noqa: PLC0415
    from tools import govuk_assets  # noqa: PLC0415

    govuk_assets.main()
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    prepare_periods()
    _, survey = load_content(make_people())
    session = SessionStore()
    session["name"] = "Somebody"
    session.create()
    print(session.session_key, survey.code)


if __name__ == "__main__":
    main()
