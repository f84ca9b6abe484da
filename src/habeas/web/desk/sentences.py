"""Sentences of the other rooms in the interface's language: why something was refused, and why two names may be one.

The rooms speak neutral English and know no interface. A sentence without a value is found in the catalogue whole; one
with values fits a pattern below, whose values are phrases of ours or stay as they are, isolated. A test holds this list
and the catalogue to every sentence that the rooms can say.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext

from habeas.web.desk import phrases

REFUSALS = (
    # who may
    "You may not {right} in this team: that takes the role {role}. Ask one of its admins.",
    "{role} is no role; choose {roles}.",
    "There is no such {thing} here.",
    # judging and mending
    "A claim needs its {part}.",
    "{kind} is neither {first} nor {second}.",
    "{value} is no length of an order; write it as P4M, P6W or P10D.",
    "{what}; give one or more of {keys}.",
    "{key} cannot be put right",
    "{kind} is no kind of claim; choose one of {kinds}.",
    "{phase} is no phase of {kind}; choose one of {phases}.",
    "{value} is no count; write a whole number.",
    "{value} is no date; write 2026-03-09, 2026-03, 2026 or 2026-03-09/2026-03-12.",
    "That is {number} characters long; {most} is the most.",
    "{value} is none of {values}.",
    "{verdict} is no judgement; say {verdicts} or {last}.",
    "Nobody has judged this {thing}, so there is nothing to undo.",
    "The reason is {number} characters long; {most} is the most.",
    "The document's reading names nobody with the key {key}.",
    "{name} is a name of this person already.",
    # files
    "{name} takes too much time or memory to open; it is damaged, or made to do harm. "
    "Save its text to a .txt file and take that in.",
    "{name} cannot be opened; it is damaged, or not what it says it is.",
    "{name} is a web archive without a page that holds words.",
    "{name} holds more than {number} pages, the most that Habeas takes in of one archive; split it and take in its "
    "parts. What was taken in of it already does not come twice.",
    "{name} unpacks to more than {number} MB, too much to take in at once; take it in on the machine itself: "
    "habeas ingest FILE",
    "{name} is no web archive that can be opened; it is damaged.",
    "The text of {name} is longer than {number} characters, the most that Habeas takes in; split it into its reports.",
    "{name} has no \"text\"; each line must be an object with a \"text\".",
    "Line {number} of {name} is longer than {most} MB.",
    "{name} is longer than {number} MB; split it into its reports.",
    "{name} is empty; there is nothing to take in.",
    "{name} grew beyond {number} MB while it was read; run again.",
    "{name} is a pipe or a device, not a file; save what it gives to a file.",
    "{what} is longer than {most} characters; give the original's address or number.",
    "{what} is {value}; write a language tag such as en, ar or pt-BR.",
    "{name} is not JSON; mend or remove it and run again.",
    "{name} holds half of a character (a lone surrogate); mend it and run again.",
    "{name} has {number} MB; Habeas takes files of up to {most} MB. Split it into its reports.",
    "{name} is not valid {encoding}; say which encoding it has with --encoding, for example --encoding windows-1256.",
    "There is no encoding called {name}; use a name such as utf-8 or windows-1256.",
    "{what} is {value}; write a date as YYYY-MM-DD, for example 2026-03-09.",
    "{name} is not a file that Habeas reads; it takes text, HTML, PDF with a text layer, e-mail, web archives and JSON "
    "lines.",
    "{name} is an e-mail without words of its own; save what is attached and take that in.",
    "{name} is no e-mail that can be read; save its text to a .txt file.",
    "{name} is neither a workbook (.xlsx) nor a Word file (.docx); save it as one, or as CSV.",
    "{name} holds formulas; save it with their values alone and take it in again.",
    "{name} has {number} sheets with something in them; save the one that is meant alone.",
    "{name} has {number} rows, and at most {most} can be taken in; save it in parts.",
    "{name} cannot be opened; it is damaged or locked with a password.",
    "{name} is a workbook that cannot be opened; it is damaged or locked.",
    "{name} is a Word file that cannot be opened; it is damaged.",
    "{name} unpacks to more than {number} MB; save it as CSV or text.",
    "No article text was found in {name}; save its text to a .txt file and take that in.",
    "{name} is a PDF without a text layer, only pictures of pages; run text recognition on it first, for example with "
    "ocrmypdf.",
    "{name} is a PDF that cannot be opened; it is damaged or locked with a password.",
    "{name} cannot be opened: {reason}.",
    # what is followed
    "{address} leads on and on (more than {number} redirects); give the address of the page itself.",
    "{address} answered with {status} instead of a page.",
    "{address} answered with {status}.",
    "{address} is not a web address; Habeas asks for http:// and https:// alone.",
    "{address} has a port that there is not; leave it out.",
    "{address} leads to {other}, which is not an address.",
    "{address} did not answer within {seconds} seconds; try again later.",
    "{address} could not be fetched ({reason}).",
    "{address} sent a body that cannot be unpacked.",
    "{address} sent a body packed in a way that Habeas did not ask for.",
    "Habeas met a fault of its own over {thing} ({reason}); the rest goes on.",
    "{address} is not an address; copy it from the browser's address bar.",
    "{address} sends more than {number} MB; Habeas kept nothing of it.",
    "{address} took longer than {seconds} seconds; Habeas stopped and kept nothing.",
    "There is no kind {kind} of source; choose {kinds}.",
    "{number} minutes is no interval; choose {least} to {most}.",
    "{address} is followed already.",
    "Source {number} is no mailbox, or no password was given.",
    "{address} is not a folder on this machine.",
    "{address} asks robots to stay away.",
    "{address} is no address of a letter.",
    "{address} is on this machine or a private network; Habeas goes there only where HABEAS_FETCH_HOSTS names it.",
    "{address} is no feed and no sitemap; follow it as a page, or give the feed's own address.",
    "{address} is JSON, but no JSON feed; give the address of a feed.",
    "{address} is no feed: it looks like JSON and is not.",
    "{address} is a sitemap that cannot be read; its XML is broken or unsafe.",
    "A password does not belong into an address; {what}.",
    "{address} is no address of a mailbox; {what}.",
    "{address} has signs that no mailbox has in its name; {what}.",
    "That is no address of a mailbox; {what}.",
    "The password for {address} would go over the network in clear; write imaps://, or, where the host is on this "
    "machine, name it in HABEAS_FETCH_HOSTS.",
    "{address} was made anew since; its letters are listed again at the next look.",
    "Letter {number} of {address} is larger than {most} MB.",
    "Letter {number} of {address} is no longer there.",
    "The password for {address} holds signs that no password has; give it again.",
    "{address} is on a server that does not number its letters for good.",
    "{address} could not be read (the server answered {answer}); see whether its folder is there.",
    "{address} does not take the name and the password; give the password again.",
    "{address} did not answer in time; it is tried again later.",
    "{address} could not be reached ({reason}); it is tried again later.",
    "{address} refuses what it was asked.",
    # the plan
    "The list has {number} lines; take it in in parts of at most {most}.",
    "Line {number} holds a formula; save the list as values and take it in again.",
    "Name {number} is no name: it is longer than {most} letters, or has none.",
    "{name} is a partner already.",
    "{name} has taken this pledge over already.",
    "{name} has this pledge now; it can be opened again when they withdraw it.",
    "Give the hours within which the pledges fall due, from 1 to {most}.",
    "Only people of {name}, or a coordinator of the plan, can do this.",
    "Only people of {name} can do this; ask one of them.",
    "{name} left this plan; add it as a partner again first.",
    "{name} left this plan already.",
    "{what} is empty; write it.",
    "{what} is longer than {most} characters or holds control characters; write it shorter.",
    "A version has at least one goal or priority, and at most {most}.",
    "{what} is not on the list; choose one of: {labels}.",
    "No document is of a source called {name}; `habeas source list` names some.",
    # how long things are kept
    "Give the days after which it goes, from 1 to {most}.",
    "{what} is nothing that a rule removes; choose one of {kinds}.",
    "No document of this team is of a source called {name}.",
    # how people are told
    "The interface does not speak {language}; choose {languages}.",
    "There is no {how} channel of the kind {kind}; choose {kinds}.",
    "The mail server did not take the message ({reason}).",
    "The mail server cannot be reached ({reason}).",
    "The address did not take the message ({reason}).",
    "{address} is not a mail address, as in name@example.org.",
    "{address} is not a web address, beginning with https://.",
    # the key of confidential fields
    "{path}, the key of this desk's confidential fields, is missing; put it back from your copy. "
    "Without it contacts, notes and reasons cannot be read; everything else can.",
    "{path} does not hold the key of this desk's confidential fields; put yours back.",
    "{path} holds no keys of confidential fields; put yours back from your copy.",
)  # fmt: skip
REASONS = (
    "by the weak alias {name}", "same spelling {names}", "same consonants {names}",
    "known as spellings of one name: {names}", "known as different names: {names}", "alike but not the same: {names}",
    "each has parts that the other lacks ({first}; {second})", "only one has {names}",
    "same prison ({place})", "same place ({place})", "same residence ({place})", "same date ({day})",
    "same father ({name})", "another father ({first}, {second})",
    "same year of birth ({year})", "another year of birth ({first}, {second})", "undone: {reason}",
)  # fmt: skip


_BETWEEN_SIGNS = re.compile(r"; (?![^(]*\))")  # not within brackets


def refusal(english: str) -> str:
    """Why something was refused, in the interface's language; "" where it has no words for it."""
    if phrases.is_english():
        return english
    return phrases.whole(english) or phrases.fitted(english, REFUSALS, _listed)


def reason(english: str) -> str:
    """Why two names may be one person's, in the interface's language; what a person wrote stays as it is, isolated."""
    if phrases.is_english():
        return english
    signs = _BETWEEN_SIGNS.split(english)
    told = [phrases.whole(sign) or phrases.fitted(sign, REASONS) for sign in signs]
    if not any(told):
        return phrases.isolated(english)
    return gettext("; ").join(words or phrases.isolated(sign) for words, sign in zip(told, signs, strict=True))


def _listed(value: str) -> str:
    """A value that is our words, or a list of them such as "editor or admin"; "" where one of them is none of ours."""
    if whole := phrases.whole(value):
        return whole
    words = re.split(r", | or ", value)
    told = [phrases.whole(word) for word in words]
    if not all(told):
        return ""
    *first, last = told
    return gettext("{first} or {last}").format(first=gettext(", ").join(first), last=last) if first else last
