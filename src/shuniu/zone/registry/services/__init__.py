"""Commands of the registry. Each is one transaction and records what it did as facts."""

from __future__ import annotations

from shuniu.zone.registry.problems import office_calendar, working_days_before
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.contacts import ReasonMissing, reveal_contact
from shuniu.zone.registry.services.contacts_own import (
    add_contact,
    confirm_contact,
    correct_contact,
    remove_contact,
)
from shuniu.zone.registry.services.enterprises import (
    EnterpriseKnown,
    NewContact,
    NewEnterprise,
    admit_member,
    register_enterprises,
)
from shuniu.zone.registry.services.keeping import (
    end_standing,
    forget_person,
    purge_contacts,
    purge_registrations,
    purge_standing,
)
from shuniu.zone.registry.services.members import (
    AlreadyColleague,
    AskTheCenter,
    NewColleague,
    NotYourself,
    add_colleague,
    give_colleague_code,
    remove_colleague,
    set_colleague_rank,
)
from shuniu.zone.registry.services.people import (
    Appointment,
    NewPost,
    appoint_staff,
    change_posts,
    export_people,
    open_staff_account,
)
from shuniu.zone.registry.services.profile import (
    ProfileUnchanged,
    load_chinese_holidays,
    put_profile_in_force,
)
from shuniu.zone.registry.services.registrations import (
    AlreadyDecided,
    EnterpriseAppeared,
    EnterpriseNameTaken,
    NewRegistration,
    PhoneOfStaff,
    TooManyRegistrations,
    approve_registration,
    reject_registration,
    reveal_registration,
    send_registration,
    take_up_again,
)

__all__ = [
    "AlreadyColleague",
    "AlreadyDecided",
    "Appointment",
    "AskTheCenter",
    "EnterpriseAppeared",
    "EnterpriseKnown",
    "EnterpriseNameTaken",
    "NewColleague",
    "NewContact",
    "NewEnterprise",
    "NewPost",
    "NewRegistration",
    "NotForYou",
    "NotYourself",
    "PhoneOfStaff",
    "ProfileUnchanged",
    "ReasonMissing",
    "TooManyRegistrations",
    "add_colleague",
    "add_contact",
    "admit_member",
    "appoint_staff",
    "approve_registration",
    "change_posts",
    "confirm_contact",
    "correct_contact",
    "end_standing",
    "export_people",
    "forget_person",
    "give_colleague_code",
    "load_chinese_holidays",
    "office_calendar",
    "open_staff_account",
    "purge_contacts",
    "purge_registrations",
    "purge_standing",
    "put_profile_in_force",
    "register_enterprises",
    "reject_registration",
    "remove_colleague",
    "remove_contact",
    "reveal_contact",
    "reveal_registration",
    "send_registration",
    "set_colleague_rank",
    "standing_or_system",
    "take_up_again",
    "working_days_before",
]
