"""Facts to jobs: what follows from what happened, on one screen."""

from __future__ import annotations

from collections.abc import Mapping

from shuniu.zone.desk import facts as desk
from shuniu.zone.desk import jobs as desk_jobs
from shuniu.zone.kernel import facts as kernel
from shuniu.zone.kernel import jobs as kernel_jobs
from shuniu.zone.kernel.services import Reaction
from shuniu.zone.portal import facts as portal
from shuniu.zone.portal import jobs as portal_jobs
from shuniu.zone.registry import facts as registry

# What changes the words of a case, and what changes a name that its cases are found by.
CHANGES_WORDS = (
    desk.CaseAccepted,
    desk.EnterpriseContacted,
    desk.CasePlanned,
    desk.ProgressNoted,
    desk.CaseReplied,
    desk.CaseReturned,
    desk.CaseRejected,
    desk.RejectionObjected,
    desk.CaseEscalated,
    desk.CaseTakenBack,
    desk.EnterpriseAsked,
    desk.EnterpriseAnswered,
    desk.CaseResumed,
    desk.ExtensionAsked,
    desk.ExtensionGranted,
    desk.SuspensionAsked,
    desk.CaseSuspended,
    desk.RequestDenied,
    desk.CaseReviewed,
    desk.CaseClosed,
    desk.CaseReopened,
    desk.CaseWithdrawn,
    desk.CaseAddedTo,
    desk.CaseUrged,
    desk.UrgingAnswered,
    desk.EnterpriseCalledBack,
    desk.CallBackUnsolved,
    desk.CaseMerged,
    desk.CaseParted,
    desk.CaseSplit,
    desk.FileAttached,
)
CHANGES_NAME = (
    registry.EnterpriseCorrected,
    registry.EnterpriseTookOver,
    registry.EnterpriseGaveBack,
    registry.EnterpriseSeparated,
)

REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    desk.CaseOpened.kind: (desk_jobs.read_case, desk_jobs.index_case),
    desk.CaseSplitOff.kind: (desk_jobs.read_case, desk_jobs.index_case),
    **{fact.kind: (desk_jobs.index_case,) for fact in CHANGES_WORDS},
    **{fact.kind: (desk_jobs.index_cases_of_enterprise,) for fact in CHANGES_NAME},
    kernel.ImportReceived.kind: (kernel_jobs.read_import,),
    kernel.ImportCheckAsked.kind: (kernel_jobs.check_import,),
    kernel.ImportConfirmed.kind: (kernel_jobs.write_import,),
    kernel.ImportMarksAsked.kind: (kernel_jobs.mark_import,),
    kernel.ImportWritten.kind: (portal_jobs.tell_of_import,),
    kernel.ImportUndoAsked.kind: (kernel_jobs.undo_import,),
    kernel.LedgerCheckAsked.kind: (kernel_jobs.check_ledger,),
    portal.ExportAsked.kind: (portal_jobs.make_export,),
    registry.RegistrationReceived.kind: (portal_jobs.tell_of_registration,),
    registry.RegistrationTakenUpAgain.kind: (portal_jobs.tell_of_registration,),
    registry.RegistrationApproved.kind: (portal_jobs.tell_of_admission,),
    registry.CorrectionAsked.kind: (portal_jobs.tell_of_correction,),
    registry.CorrectionApproved.kind: (
        desk_jobs.index_cases_of_enterprise,
        portal_jobs.tell_of_correction_taken,
    ),
    registry.CorrectionRejected.kind: (portal_jobs.tell_of_correction_refused,),
    registry.CalendarEdited.kind: (desk_jobs.follow_calendar,),
    registry.HolidaysLoaded.kind: (desk_jobs.reset_clocks,),
}
