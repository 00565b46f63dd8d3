"""Classes of data that name nobody, or whose end needs no assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuniu.config.data_classes.grounds import EVERYBODY, NO_PERSON, NOBODY
from shuniu.zone.kernel.data_map import DataClass

OTHER = (
    DataClass(
        code="course",
        label=_("Course of cases"),
        what=_("number, states, times, deadlines, lights, ratings, units, numbers of accounts"),
        purpose=_("to keep promises, and to count"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("Counts, states and times name nobody; yearly comparisons rest on them."),
        readers=EVERYBODY,
    ),
    DataClass(
        code="import_record",
        label=_("Record of imports"),
        what=_("which list was imported when, how many rows of it, and what headings meant"),
        purpose=_("to know where records come from, and to recognize columns again"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("Counts, moments and numbers of accounts; headings of columns."),
        readers=_("whoever may import this list"),
    ),
    DataClass(
        code="enterprises",
        label=_("Enterprises"),
        what=_("name, credit code, trade, products and place, as in the public register"),
        purpose=_("to know whom the zone serves"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("Facts about companies that the public register shows to everybody."),
        readers=EVERYBODY,
    ),
    DataClass(
        code="zone",
        label=_("The zone itself"),
        what=_("profile, offices, holidays"),
        purpose=_("the rules by which the zone works"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("Rules and names of offices are about no person."),
        readers=EVERYBODY,
    ),
    DataClass(
        code="work",
        label=_("Background work"),
        what=_("which reaction to which fact is waiting or done"),
        purpose=_("so that nothing is forgotten when a machine stops"),
        basis=NO_PERSON,
        rule=_("%(span)s after it was done"),
        readers=_("the system administrator"),
    ),
    DataClass(
        code="loose_files",
        label=_("Files that belong to no case"),
        what=_("uploads that were broken off, and files whose case was purged"),
        purpose=_("none: they are left over"),
        basis=NO_PERSON,
        rule=_("%(span)s after they were written"),
        readers=NOBODY,
    ),
    DataClass(
        code="counters",
        label=_("Counters and clocks"),
        what=_("last number of each day, last start of each entry of the schedule"),
        purpose=_("numbers without gaps, work that starts once"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("Numbers and moments only."),
        readers=_("the system administrator"),
    ),
    DataClass(
        code="pairs",
        label=_("Pairs of characters"),
        what=_("which two characters follow one another somewhere in what can be found"),
        purpose=_("to offer the right word for one that was mistyped"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("No text can be put together from them, and each night they are made anew."),
        readers=NOBODY,
    ),
    DataClass(
        code="proofs",
        label=_("Certificates and checks"),
        what=_("what the purge deleted, by number; what checks of the trail found"),
        purpose=_("to show that the rules were kept"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("They say how much was deleted, and nothing of what it was."),
        readers=_("the security administrator, the audit administrator"),
    ),
    DataClass(
        code="software",
        label=_("The software itself"),
        what=_("tables that the framework needs for itself"),
        purpose=_("to start, and to migrate"),
        basis=NO_PERSON,
        rule=_("not deleted"),
        kept_because=_("Names of tables and migrations."),
        readers=NOBODY,
    ),
)
