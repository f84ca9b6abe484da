"""What `habeas check` holds the watch to."""

from habeas.watch.models import Alert, Dismissal

SEALED = (Alert, Dismissal)  # no row of these without a line of the audit that tells who wrote it
