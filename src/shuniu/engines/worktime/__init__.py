"""Working time of an office: deadlines, elapsed time and lights.

Units: moments are aware ``datetime`` on the wall clock of the zone, days are ``date``, office
hours are minutes after midnight, lengths of working time are ``timedelta``. A working day is as
long as its office hours, never 24 hours. Periods are ``[from, to)``. Nothing here asks the clock.
"""
