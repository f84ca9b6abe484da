"""One throw-away data folder for the whole run, set before Django reads its settings."""

import os
import tempfile

os.environ["HABEAS_DATA_DIR"] = tempfile.mkdtemp(prefix="habeas-tests-")
