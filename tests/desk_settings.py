"""The desk's settings for tests: those of the package, with a data folder that is thrown away.

Django reads its settings before any conftest runs, so the folder is named here and nowhere else.
"""

import atexit
import os
import shutil
import tempfile

os.environ["HABEAS_DATA_DIR"] = tempfile.mkdtemp(prefix="habeas-tests-")
atexit.register(shutil.rmtree, os.environ["HABEAS_DATA_DIR"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.config.settings"  # for the commands that tests start

from habeas.config.settings import *  # noqa: E402, F403
