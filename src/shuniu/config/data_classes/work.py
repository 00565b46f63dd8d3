"""Classes of personal data in the zone's work: purpose, legal basis, end, readers, assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuniu.config.data_classes.grounds import DUTY, LOGS, NOBODY, RECORDS, SECURITY
from shuniu.zone.kernel.data_map import DataClass, Impact

WORK = (
    DataClass(
        code="hangs",
        label=_("Words and files of supervised items"),
        what=_("what was promised, why days were moved, what proves it, and what was heard"),
        purpose=_("to see that what was promised is done, and who said so"),
        basis=DUTY,
        rule=_("%(span)s after the item was struck off"),
        readers=_("the unit that owes it, the center, supervisors and leaders"),
        impact=Impact(
            _("Nobody can be held to a promise that is not written down."),
            _("A call-back may name whom was asked in an enterprise."),
            _("Rights by unit, nothing of it in logs or facts, words and files deleted in time."),
        ),
        in_copy=True,
    ),
    DataClass(
        code="needs",
        label=_("Words and files of cases"),
        what=_("what enterprises wrote, what was answered, places, and files that came along"),
        purpose=_("to understand and solve the need, and to show later what was promised"),
        basis=DUTY,
        rule=_("%(span)s after the case was closed or withdrawn"),
        readers=_(
            "the enterprise, the unit in charge, the center; restricted ones the discipline"
            " office only"
        ),
        impact=Impact(
            _(
                "Words are the need itself. Whatever names a person in them was written by the"
                " enterprise of its own accord."
            ),
            _(
                "A need may name workers, illness or complaints about officials: the most"
                " delicate that the zone holds."
            ),
            _(
                "Rights by row, restricted cases apart, pictures without position data, nothing"
                " of it in logs or facts, words and files deleted while counts and times stay."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="issues",
        label=_("Words of briefings"),
        what=_("excerpts of urgent and overdue needs, and what a clerk wrote around them"),
        purpose=_("to show again what was issued, word for word"),
        basis=DUTY,
        rule=_("%(span)s after the issue was drafted; figures and numbers stay"),
        readers=_("the center, leaders, supervisors; drafts the center only"),
        impact=Impact(
            _(
                "A leader decides on words, not on counts. At most fifteen needs are told, in"
                " short."
            ),
            _("An excerpt may name somebody, and a paper is passed on."),
            _(
                "Restricted needs are never in it, confidential ones without name and words; what"
                " became confidential or was deleted later is no longer shown in old issues either."
            ),
        ),
        not_in_copy=_("they are excerpts: the need itself is in the copy of who wrote it"),
    ),
    DataClass(
        code="word_index",
        label=_("Index of the words of cases"),
        what=_("which pairs of characters stand in a case and its answers"),
        purpose=_("to find a case again by any of its words"),
        basis=DUTY,
        rule=_("with the words themselves: %(span)s after the case was closed or withdrawn"),
        readers=NOBODY,
        goes_with="needs",
        impact=Impact(
            _("Without it every search would have to read every case."),
            _("As the words themselves: whoever had it could put many of them together again."),
            _("Asked only with the rights of who searches, and wiped when the words are deleted."),
        ),
        not_in_copy=_("the words themselves are in the copy"),
    ),
    DataClass(
        code="imports",
        label=_("Imported lists"),
        what=_(
            "files that staff sent to be imported, their rows with names and telephone numbers,"
            " and what records were before"
        ),
        purpose=_("to show what would change before it is written, and to undo it"),
        basis=DUTY,
        rule=_("%(span)s after the import ended, or after the file came if it never did"),
        readers=_("whoever may import this list"),
        impact=Impact(
            _("Lists of contacts and staff reach the zone as files; nobody types them twice."),
            _("A list says in one place whom to call in every enterprise."),
            _(
                "Rows are encrypted one by one; the file lies outside the web root under a random"
                " name; every download is recorded; rows, files, the digest of the file and what"
                " was before are deleted together."
            ),
        ),
        not_in_copy=_(
            "rows that were written are in the copy as what they became; the others are deleted"
        ),
    ),
    DataClass(
        code="exports",
        label=_("Long lists made into files"),
        what=_("lists that somebody asked for as a file: the filters, and the file itself"),
        purpose=_("to hand over a list that takes longer to write than a page may take"),
        basis=DUTY,
        rule=_("%(span)s after the list was asked for"),
        readers=_("the person who asked, as long as every row may be seen"),
        impact=Impact(
            _("Long lists are needed for reports; a page cannot wait for them."),
            _("A list says in one file what many enterprises need."),
            _(
                "Given out only to whoever asked and only while all of it may be seen; asking and"
                " every download are recorded; the file lies outside the web root under a random"
                " name."
            ),
        ),
        not_in_copy=_("it repeats lists that you see on their pages, and is gone within a week"),
    ),
    DataClass(
        code="answers",
        label=_("Answers kept for forms sent twice"),
        what=_("the page that a form was answered with"),
        purpose=_("so that pressing twice changes things once"),
        basis=SECURITY,
        rule=_("in the night after %(span)s"),
        readers=_("the person who sent the form, once more"),
        impact=Impact(
            _("One in four forms is sent twice on bad lines."),
            _("The page may show what the person was allowed to see."),
            _("Only the same person with the same key gets it; gone within two days."),
        ),
        not_in_copy=_("it repeats pages that you have seen, and is gone within two days"),
    ),
    DataClass(
        code="requests",
        label=_("Requests of persons"),
        what=_("who asked for deletion, when, and how it was decided"),
        purpose=_("to answer in time, and to show that it was answered"),
        basis=RECORDS,
        rule=_("%(span)s after the decision"),
        readers=_("the person; the security administrator"),
        impact=Impact(
            _("PIPL 50 asks for an easy way to ask, and for reasons when it is not granted."),
            _("Small: the request itself."),
            _("No reason is asked from the person."),
        ),
        in_copy=True,
    ),
    DataClass(
        code="incidents",
        label=_("Register of breaches"),
        what=_("what happened, which data, how many people, what was done, who was told"),
        purpose=_("to act at once, and to account for it"),
        basis=_("PIPL 57: remedy at once, and tell the authority and the persons"),
        rule=_("%(span)s after the case was settled"),
        readers=_("the security administrator"),
        impact=Impact(
            _("The law asks for the record. Numbers of people, no names, are asked for."),
            _("A careless description could name those concerned."),
            _("The form asks for kinds and numbers and says that names do not belong there."),
        ),
        not_in_copy=_("it is filed by event, and names nobody"),
    ),
    DataClass(
        code="reasons",
        label=_("Reasons in own words"),
        what=_("what somebody wrote to say why they looked at a telephone number"),
        purpose=_("so that looking can be asked about"),
        basis=LOGS,
        rule=_("%(span)s after it was written"),
        readers=_("the audit administrator"),
        impact=Impact(
            _("Most reasons are chosen from a list; words are taken only where none fits."),
            _("Somebody could name a person in the reason."),
            _(
                "Sixty characters without telephone numbers, encrypted for the row, apart from the"
                " trail, which is never deleted."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="trace",
        label=_("Audit trail"),
        what=_(
            "what was done when, from which address, with numbers of accounts and rows; no words"
        ),
        purpose=_("so that nobody can quietly change anything"),
        basis=LOGS,
        rule=_("not deleted"),
        kept_because=_(
            "The law asks for logs, and a chain with holes proves nothing. It holds numbers"
            " instead of names: once the name is deleted, they lead to nobody."
        ),
        readers=_("the audit administrator; histories of cases for those who see the case"),
        impact=Impact(
            _(
                "Trust in the zone rests on a trace that cannot be changed. Numbers and moments"
                " are enough for it."
            ),
            _(
                "As long as a name is there, the trace says what somebody did at which hour and"
                " from which address."
            ),
            _(
                "Sealed in a chain; read and exported by one role that can change nothing; every"
                " reading as a file is itself recorded."
            ),
        ),
        not_in_copy=_(
            "the copy counts what you did by kind; the rows are proof against others too"
        ),
    ),
    DataClass(
        code="mailboxes",
        label=_("E-mail addresses"),
        what=_("one e-mail address of a person, if they gave it, and what is wanted there"),
        purpose=_("to tell people by e-mail what concerns them"),
        basis=_("PIPL 13 (1) 1: consent, given by entering it; it can be taken away at any time"),
        rule=_("%(span)s after the account was closed, or when the person removes it"),
        readers=_("the person alone; the mail server of the zone"),
        impact=Impact(
            _("Voluntary: in the product everybody is told the same. One address, no other use."),
            _("An e-mail passes servers that are not the zone's, and may lie open on a screen."),
            _(
                "Sealed for its row; proven by a code before anything is sent; an e-mail holds"
                " number, category, unit and deadline, of confidential cases the number alone."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="notices",
        label=_("What people were told"),
        what=_("who was told of which case when, in the product and out of it, and read it when"),
        purpose=_("so that nobody misses what waits for them"),
        basis=DUTY,
        rule=_("%(span)s after it was told"),
        readers=_("the person; the system administrator sees what could not be delivered"),
        impact=Impact(
            _("A deadline that nobody hears of is not kept. Codes and numbers are enough for it."),
            _("Who reads what at which hour could be used to watch people."),
            _(
                "No page shows when somebody else read something; no words of cases and no names"
                " are kept; what the reader may no longer see shows nothing."
            ),
        ),
        in_copy=True,
    ),
)
