"""Roles, and what each lets a person do, in words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

ROLES = {
    "reader": gettext_noop("reader"),
    "reporter": gettext_noop("reporter"),
    "medical": gettext_noop("medical"),
    "editor": gettext_noop("editor"),
    "publisher": gettext_noop("publisher"),
    "admin": gettext_noop("admin"),
}
DOES = {
    "reader": gettext_noop("sees cases, documents and statements"),
    "reporter": gettext_noop("also takes in reports"),
    "medical": gettext_noop("also judges what was read of health, and puts alerts away"),
    "editor": gettext_noop("judges, says who is one person, shares cases, follows sources, plans, reads the audit"),
    "publisher": gettext_noop("writes out what the desk holds, and reads the audit"),
    "admin": gettext_noop("does all of it; gives roles, makes rules and erases"),
}
