"""The operations of the API in words that can be translated; the document says the same."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

AREAS: dict[str, Promise] = {
    "Own account": pgettext_lazy("api", "Own account"),
    "Cases": pgettext_lazy("api", "Cases"),
    "Calendar": pgettext_lazy("api", "Working calendar"),
    "Zone": pgettext_lazy("api", "Zone"),
    "Enterprises": pgettext_lazy("api", "Enterprises"),
    "Contacts": pgettext_lazy("api", "Contacts"),
    "People of enterprises": pgettext_lazy("api", "People of enterprises"),
    "Decisions of the center": pgettext_lazy("api", "Decisions of the center"),
    "Places": pgettext_lazy("api", "Places"),
    "People": pgettext_lazy("api", "People"),
    "Freight": pgettext_lazy("api", "Freight"),
    "Search": pgettext_lazy("api", "Search"),
    "Briefings": pgettext_lazy("api", "Briefings"),
    "Notices": pgettext_lazy("api", "Notices"),
    "Outbox": pgettext_lazy("api", "Outbox"),
    "Data protection": pgettext_lazy("api", "Data protection"),
    "Imports": pgettext_lazy("api", "Imports"),
    "Service hall": pgettext_lazy("api", "Service hall"),
    "System": pgettext_lazy("api", "System"),
    "Audit": pgettext_lazy("api", "Audit"),
}
OPERATIONS: dict[str, Promise] = {
    "items_list": _("List the service catalogue by code."),
    "item_add": _("Add an item to the service catalogue."),
    "item_read": _("Read one item of the service catalogue."),
    "item_correct": _("Correct an item: it is sent whole, with the version that was seen."),
    "queue_read": _("Read who waits at the counters on a day, and how fast it goes."),
    "ticket_take": _("Give a ticket to a visitor. The same slip again gives the same ticket."),
    "ticket_call": _("Call who has waited longest at a counter."),
    "ticket_step": _("Call a ticket again, finish it, skip it, or let it wait at another counter."),
    "devices_list": _("List the screens and terminals of the hall."),
    "device_add": _("Set up a screen or a terminal; its key is told this once."),
    "device_end": _("End the key of a screen or a terminal."),
    "item_step": _("Take an item out of the service catalogue, or up again."),
    "freight_read": _("Read a freight message or an exported chat. Nothing of it is stored."),
    "freight_words_list": _("List the words of the freight groups, the newest first."),
    "freight_word_propose": _("Correct how a word is read; it is used once it is accepted."),
    "freight_word_step": _("Take a word into use, or not."),
    "calendar_read": _("Read the special days of a year, and whether its table is loaded."),
    "calendar_look": _(
        "Show which deadlines a change of the calendar would move. Nothing is saved."
    ),
    "calendar_save": _("Save a change of the calendar; open deadlines follow."),
    "calendar_undo": _("Take a change of the calendar back."),
    "keys_list": _("List the own keys that still open something. New ones are made on the pages."),
    "key_revoke": _("End one of the own keys, also the one that this is asked with."),
    "sessions_list": _("List where one is signed in."),
    "cases_list": _("List cases: open ones by deadline, others the newest first."),
    "case_open": _(
        "Open a case for an enterprise: by its own people, or by those who write for others."
    ),
    "cases_count": _("Count the cases of a list."),
    "case_read": _(
        "Read one case: text, who has the ball, history, files, and what can be done now."
    ),
    "case_accept": _("Accept a case: category, urgency."),
    "case_reject": _("Do not accept a case: why, and where to go instead."),
    "case_object": _("Object to a rejection, once: a supervisor judges it."),
    "case_dispatch": _("Give a case to a unit."),
    "case_sign": _("Take a case in hand."),
    "case_contact": _("Note the first contact."),
    "case_plan": _("Tell the enterprise what will be done, and until when."),
    "case_note": _("Tell the enterprise how far it is."),
    "case_reply": _("Answer the enterprise."),
    "case_return": _("Give a case back to the center, once, with a better unit."),
    "case_ask": _("Ask the enterprise; the clocks stand still until it has answered."),
    "case_answer": _("Answer the question of the unit."),
    "case_resume": _("Go on with a case whose clocks stand still."),
    "case_ask_extension": _("Ask a supervisor for more time, once and before the deadline."),
    "case_grant_extension": _("Grant the time that the unit asked for."),
    "case_ask_suspension": _("Ask a supervisor to set a case aside until a day of review."),
    "case_suspend": _("Set a case aside as the unit asked."),
    "case_deny": _("Refuse what the unit asked for."),
    "case_review": _("Report on a suspended case and set its next review."),
    "case_escalate": _("Hand a case up to a body of the district."),
    "case_take_back": _("Take a case back from the district."),
    "case_confirm": _("Confirm the answer, with a rating."),
    "case_refuse": _("Say that the answer does not solve it: the case is opened again."),
    "case_withdraw": _("Withdraw a case."),
    "case_add": _("Add words to a case."),
    "case_urge": _("Ask the unit in writing, to be answered by a day."),
    "case_respond": _("Answer the urging that waits for the unit."),
    "case_call_back": _(
        "Note what the enterprise says of a closed case; “no” opens it again, one level up."
    ),
    "case_check_withdrawal": _(
        "Note whether somebody pressed the enterprise to withdraw the case."
    ),
    "case_merge": _("Handle a case with another one, whose answer is the answer to both."),
    "case_unmerge": _("Handle a case on its own again."),
    "case_split": _("Divide a case into two to six, each with the clock of this one."),
    "case_alike": _("List the open cases that may be the same need, each with the rule and why."),
    "case_beside": _("Say that two cases are related, no longer related, or not the same."),
    "case_attach": _("Attach files to a case (multipart); answers with all files of the case."),
    "file_read": _("Read the bytes of a file; of a restricted case this is recorded."),
    "me": _("Say whom this key asks for, and what it opens."),
    "zone_read": _("Describe the zone: its units, and the categories of needs."),
    "enterprises_list": _("List enterprises by name."),
    "enterprise_add": _("Write down an enterprise that is not known yet."),
    "enterprises_suggest": _(
        "Offer the enterprises that are meant by what was typed so far, the best first."
    ),
    "callers_find": _(
        "Say which enterprises know a number; it is sent in the body, so no address ever holds it."
    ),
    "enterprise_read": _("Read one record; people of an enterprise read their own."),
    "enterprise_correct": _("Correct a record, as a clerk; fields left out stay as they are."),
    "enterprise_verify": _(
        "Say that a record is right as of today: a clerk, or its own administrator."
    ),
    "enterprise_merge": _("Make two records of one firm one."),
    "merges_list": _("List the records that were made one, the newest first."),
    "merge_undo": _("Separate two records again."),
    "contacts_list": _(
        "List whom to reach in an enterprise; its own administrator reads names and numbers whole."
    ),
    "contact_add": _("Add somebody to reach in the own enterprise."),
    "contact_reveal": _("Say why a contact is needed, and read it whole; this is recorded."),
    "contact_correct": _("Correct somebody to reach in the own enterprise."),
    "contact_step": _("Confirm a contact of the own enterprise as right, or take it off the list."),
    "members_find": _(
        "Find people of enterprises by name, enterprise or whole number, as a clerk."
    ),
    "members_list": _("List the colleagues of the own enterprise."),
    "member_add": _("Let a colleague speak for the own enterprise too."),
    "member_code": _("Make a one-time code for a colleague who cannot get in; it is shown once."),
    "member_phone": _(
        "Change the number that somebody of an enterprise signs in with, as a clerk."
    ),
    "member_step": _(
        "Let a colleague administer the enterprise, no longer do so, or speak for it no more."
    ),
    "correction_ask": _(
        "Say what is wrong in the record of the own enterprise; a clerk looks at it."
    ),
    "corrections_list": _(
        "List what enterprises ask for, as a clerk; of the own enterprise, as its administrator."
    ),
    "correction_read": _("Read one correction."),
    "correction_approve": _("Take a correction over, as a clerk."),
    "correction_reject": _(
        "Do not take a correction over, with a reason that the enterprise reads."
    ),
    "correction_withdraw": _("Take back what the own enterprise asked for."),
    "registrations_list": _("List who asks to be let in, the longest waiting first."),
    "registration_read": _("Read who asks to be let in; name and number are masked."),
    "registration_reveal": _("Read name and number of an applicant whole; this is recorded."),
    "registration_approve": _("Let an applicant in."),
    "registration_reject": _("Do not let an applicant in, with a reason."),
    "registration_again": _("Take a rejected registration up again."),
    "places_list": _("List places by code: parts follow what they belong to."),
    "place_add": _("Add a place."),
    "places_geojson": _("Read all places in use as one GeoJSON file."),
    "place_read": _("Read one place."),
    "place_correct": _("Correct a place: it is sent whole."),
    "place_step": _("Take a place out of use, or up again."),
    "sites_list": _("List where an enterprise works, the main site first."),
    "site_add": _("Add a site to an enterprise."),
    "site_correct": _("Correct a site: it is sent whole."),
    "site_step": _("Confirm a site, make it the main one, or take it off the record."),
    "people_list": _("List the people of the zone by name."),
    "person_add": _(
        "Open an account for a member of staff; the security administrator gives the roles."
    ),
    "person_read": _("Read one person: posts, roles, state."),
    "person_correct": _("Correct name and number."),
    "person_posts": _("Let a person serve in these offices and no others."),
    "person_give": _("Give a role."),
    "person_take": _("Take a role away; the person's keys end with it."),
    "person_code": _("Make a one-time code to choose a password with; it is shown once."),
    "person_step": _(
        "Sign a person out everywhere, end their keys, close the account, or open it again."
    ),
    "search": _(
        "Find cases and enterprises that have all words, as far as this person may see them."
    ),
    "briefings_list": _("List the last days, the newest first."),
    "briefing_read": _("Read the briefing of a day."),
    "briefing_word": _("Read the briefing of a day as a Word file; this is recorded."),
    "issues_list": _("List the issues of the briefing, the newest first."),
    "issue_draft": _(
        "Put the issue of a day together, also after a withdrawn one; one that is there is shown."
    ),
    "period_draft": _(
        "Put the issue of the week or month of a day together, as far as it has come."
    ),
    "issue_read": _("Read one issue: what it says, and what can be done with it now."),
    "issue_file": _("Read an issue as a Word or PDF file; this is recorded."),
    "issue_save": _("Keep the words of a draft."),
    "issue_hand_up": _("Keep the words of a draft and give it to the leaders to sign."),
    "issue_send_back": _("Give an issue back to the center, with what shall be different."),
    "issue_withdraw": _(
        "Say that a published issue does not hold; it keeps its number and is marked."
    ),
    "issue_step": _(
        "Take an issue back, count it anew, sign it, take the signature back, or publish it."
    ),
    "instructions_list": _("List the newest instructions on the issues that this person may see."),
    "issue_instruct": _(
        "Write on a published issue what shall be done; it becomes a supervised item."
    ),
    "views_list": _("List the own views of the cases."),
    "view_save": _("Keep a list by a name, for oneself alone."),
    "view_rename": _("Name an own view anew."),
    "view_step": _(
        "Let the list open with an own view (or no longer), take it away, or bring it back."
    ),
    "notices_list": _("List what one was told, the newest first."),
    "notices_count": _("Count the notices that wait to be read."),
    "notices_read": _("Mark as read what was seen: the notices up to the newest of them."),
    "notice_read": _("Mark one notice as read."),
    "outbox_read": _("List the ways out, with what waits there and what did not arrive."),
    "messages_list": _("List what did not arrive, the newest first."),
    "robot_add": _("Let the robot of a group write there."),
    "way_step": _("Test a way out, turn a robot on or off, or remove it."),
    "messages_step": _(
        "Send all undelivered messages again, of one way out or of all, or give them up."
    ),
    "message_step": _("Send an undelivered message again, or give it up."),
    "place_file_send": _("Send a GeoJSON file (multipart); answers with what it would change."),
    "place_file_read": _("Read what a file of places would change, or what became of it."),
    "place_file_confirm": _("Write the places of a file that have no fault, as they were read."),
    "place_file_undo": _("Let the places of a file be what they were before."),
    "profile_read": _("Read the whole profile in force, as the system administrator."),
    "data_requests_list": _("List who asked for deletion, the newest first."),
    "data_request_read": _("Read one request for deletion."),
    "data_request_grant": _("Delete the person who asked: this cannot be undone."),
    "data_request_refuse": _("Tell the person who asked why not."),
    "imports_list": _("List what was imported, the newest first."),
    "import_send": _("Send a list (multipart; XLSX or CSV); it is read in the background."),
    "import_read": _("Read how an import stands."),
    "import_columns": _("Say which column is what, and let the rows be checked."),
    "import_confirm": _("Let what was checked be written."),
    "import_step": _("Go back to the columns, undo what was written, or give the list up."),
    "system_read": _("Read what runs in the background, and what was given up."),
    "delivery_again": _("Give work that was given up another round."),
    "audit_list": _("Read the trail, the newest first."),
    "audit_read": _("Read one fact."),
    "audit_check": _("Let the whole chain be checked in the background."),
}
