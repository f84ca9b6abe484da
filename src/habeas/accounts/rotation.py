"""A new key for the desk's confidential fields: everything encrypted anew, safe to kill and to run again."""

from __future__ import annotations

from habeas.accounts import roles
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.core import encrypted, vault
from habeas.core.actor import Actor


def rotate(*, actor: Actor) -> int:
    """How many values are under the new key now. A rotation that was stopped goes on with the key it had made.

    The key before stays in the file until the next rotation, for what other workers wrote meanwhile. Raises KeyMissing.
    """
    roles.must_somewhere(actor, Right.GOVERN)
    vault.turn()
    count = encrypted.bring_up_to_date()
    audit.record("accounts.keys.rotated", "keys", actor=actor, detail={"values": count})
    vault.turned()
    return count
