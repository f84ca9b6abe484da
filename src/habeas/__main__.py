"""`python -m habeas` is `habeas`."""

import sys

from habeas.cli import main

sys.exit(main())
