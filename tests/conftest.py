"""One throw-away data folder for the whole run, set before Django reads its settings."""

import os
import tempfile

from hypothesis import settings

os.environ["HABEAS_DATA_DIR"] = tempfile.mkdtemp(prefix="habeas-tests-")

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("habeas", deadline=None)
settings.load_profile("habeas")
