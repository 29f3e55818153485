"""A real office's installation: everything comes from `HEARD_*` variables and files; nothing is relaxed."""

from config import environment
from config.settings.base import *

if not ALLOWED_HOSTS:
    raise environment.SettingMissing("Set HEARD_HOSTS to the host names this site answers to, separated by commas.")
