"""Tasks for a trial of several workers: each leaves a line with its number and the process that ran it.

python -m tools.trial.tasks 300     puts that many in line
"""

import os
import sys
import time
from pathlib import Path

import django
from django_tasks import task

SECONDS = 0.02


@task()
def leave_a_line(number: int) -> None:
    """Work for a moment, then append one line to the file the trial has named."""
    time.sleep(SECONDS)
    line = f"{number} {os.getpid()}\n".encode()
    descriptor = os.open(Path(os.environ["HEARD_TRIAL_FILE"]), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line)
    finally:
        os.close(descriptor)


def main() -> None:
    """Put as many in line as asked for."""
    django.setup()
    from tools.trial.tasks import leave_a_line as same

    for number in range(int(sys.argv[1])):
        same.enqueue(number)


if __name__ == "__main__":
    main()
