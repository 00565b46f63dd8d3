"""Classes of data about people themselves: purpose, legal basis, end, readers, assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuniu.config.data_classes.grounds import DUTY, LOGS, NOBODY, SECURITY
from shuniu.zone.kernel.data_map import DataClass, Impact

PEOPLE = (
    DataClass(
        code="identity",
        label=_("Names of people with an account"),
        what=_("name, sign-in name, when the account was opened and closed, second factor since"),
        purpose=_("to know who works on a need, and to let nobody else act in their name"),
        basis=DUTY,
        rule=_("%(span)s after the account was closed, or when a request for deletion is granted"),
        readers=_("colleagues and the enterprise on the cases that they share; administrators"),
        impact=Impact(
            _(
                "A need without a name in charge is nobody's. Real names of staff follow from"
                " 公开承诺; of enterprises only those who write are kept."
            ),
            _("A stranger could learn who works on a complaint and press or flatter them."),
            _(
                "Names show only with cases that the reader may see; restricted cases stay with"
                " the discipline office. After the end a number stands in the name's place."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="phone",
        label=_("Mobile numbers for signing in"),
        what=_("one mobile number of a person, if they gave it"),
        purpose=_("to sign in without remembering a name"),
        basis=_("PIPL 13 (1) 1: consent, given by entering it; it can be taken away at any time"),
        rule=_("with the name: %(span)s after the account was closed"),
        readers=_("the person; those who look after the account, masked"),
        goes_with="identity",
        impact=Impact(
            _("Voluntary: everybody can sign in by name instead. One number, no other use."),
            _("Numbers are sought after by swindlers, and stolen lists are sold."),
            _(
                "Encrypted for its row (AES-256-GCM) with a key outside the database, found by a"
                " blind index, masked on every page."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="secrets",
        label=_("Secrets and marks"),
        what=_(
            "hash of the password, secret of the second factor, digests of codes, sessions and"
            " devices, blind indexes"
        ),
        purpose=_("to recognize the right person, and nobody else"),
        basis=SECURITY,
        rule=_(
            "with what they belong to; with the name at the latest: %(span)s after the account"
            " was closed"
        ),
        readers=NOBODY,
        goes_with="identity",
        impact=Impact(
            _("Without them nobody could be recognized. Biometrics are not used."),
            _("Whoever had them in plain could sign in as somebody else."),
            _(
                "Passwords as argon2id, codes and sessions as digests, secrets encrypted for"
                " their row; no page, file or export shows them."
            ),
        ),
        not_in_copy=_("whoever found the file could use them to sign in"),
    ),
    DataClass(
        code="standing",
        label=_("Roles, posts and enterprises of people"),
        what=_(
            "which roles somebody has, in which office they serve, for which enterprise they speak"
        ),
        purpose=_("to decide who may see and do what"),
        basis=DUTY,
        rule=_("when the role or post ends; at the latest %(span)s after the account was closed"),
        readers=_("the person, colleagues, administrators"),
        impact=Impact(
            _("Rights need a holder. Only the role in the zone is kept, no career."),
            _("Small: the offices publish who serves in them."),
            _("Changed by the security administrator only, each change recorded."),
        ),
        in_copy=True,
    ),
    DataClass(
        code="views",
        label=_("Saved views"),
        what=_("lists that somebody gave a name: the name and the filters"),
        purpose=_("to come back to a list without setting its filters again"),
        basis=DUTY,
        rule=_("%(span)s after the view was removed or the account was closed"),
        readers=_("the person"),
        impact=Impact(
            _("Voluntary: every list can be had by its filters instead."),
            _("Small: it tells what somebody looks at for their work."),
            _("Nobody else sees it; a view shows only cases that its owner may see."),
        ),
        in_copy=True,
    ),
    DataClass(
        code="codes",
        label=_("One-time and recovery codes"),
        what=_("when a code was made, until when it holds, when it was used"),
        purpose=_("a way back for those who lost their password or phone"),
        basis=SECURITY,
        rule=_("%(span)s after use or expiry"),
        readers=_("the person; who issued it sees that it was used"),
        impact=Impact(
            _(
                "A way back that a clerk can explain needs codes; the codes themselves are not"
                " kept."
            ),
            _("Small: moments only."),
            _("Digests instead of codes, one use, 24 hours."),
        ),
        in_copy=True,
    ),
    DataClass(
        code="sessions",
        label=_("Sessions and devices"),
        what=_("when and from which address and browser somebody was signed in, and known devices"),
        purpose=_("to show people where they are signed in, and to clear up misuse"),
        basis=LOGS,
        rule=_("%(span)s after the last use"),
        readers=_("the person; the security administrator"),
        impact=Impact(
            _(
                "The law asks for logs, and misuse is seen nowhere else. No place is worked out"
                " from the address."
            ),
            _("Addresses and hours say when somebody works."),
            _(
                "Read by two roles only; not used to judge work; deleted after the least time"
                " that the law allows."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="browser_sessions",
        label=_("Session store of the browser"),
        what=_("number of the account and a mark, under the key of the cookie"),
        purpose=_("to stay signed in from page to page"),
        basis=SECURITY,
        rule=_("%(span)s after the cookie expired"),
        readers=NOBODY,
        impact=Impact(
            _("A page that forgets who asks cannot be used."),
            _("Whoever had the key of the cookie could act as the person."),
            _(
                "Ends after half an hour without use and after twelve hours; the cookie is not"
                " readable by scripts."
            ),
        ),
        not_in_copy=_("it says nothing but the number of your account"),
    ),
    DataClass(
        code="guesses",
        label=_("Counts of wrong guesses"),
        what=_("how often a password or code was wrong, under a digest of name and address"),
        purpose=_("to stop guessing"),
        basis=SECURITY,
        rule=_("%(span)s after the last wrong guess"),
        readers=NOBODY,
        impact=Impact(
            _("Without counting, every password can be guessed."),
            _("Small: the digest is the same whether an account exists or not."),
            _("Only a digest and a number are kept."),
        ),
        not_in_copy=_("it is filed under a digest and cannot be found by person"),
    ),
    DataClass(
        code="contacts",
        label=_("Contacts of enterprises"),
        what=_("name, position and telephone number of whom to reach in an enterprise"),
        purpose=_("to call back about a need within the promised time"),
        basis=DUTY,
        rule=_("%(span)s after it was last verified"),
        readers=_("clerks, officers, handlers and supervisors: masked, in full by a recorded act"),
        impact=Impact(
            _(
                "A first contact within hours needs a number. Name, position and number, nothing"
                " else."
            ),
            _("A list of managers with numbers is worth money to others."),
            _(
                "Encrypted for the row, masked, shown in full one at a time with a reason that"
                " is recorded; no list of them can be exported."
            ),
        ),
        in_copy=True,
    ),
    DataClass(
        code="registrations",
        label=_("Applications to join"),
        what=_(
            "who applied for which enterprise, with number, position and address of the browser"
        ),
        purpose=_("to let only those in who speak for the enterprise"),
        basis=_("PIPL 13 (1) 1: consent of the applicant, who is told purpose and time"),
        rule=_("%(span)s after the decision"),
        readers=_("clerks of the center"),
        impact=Impact(
            _(
                "The center must be able to call the applicant; no copy of an identity card is"
                " asked for."
            ),
            _("Somebody could apply in another's name."),
            _(
                "Encrypted for the row; checked by telephone against the contacts; decided by a"
                " named clerk."
            ),
        ),
        in_copy=True,
    ),
)
