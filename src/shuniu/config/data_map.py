"""Every table and column of the database, and the class of data that it belongs to."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser

from shuniu.config.data_classes import OTHER, PERSONAL
from shuniu.zone.accounts import queries as accounts
from shuniu.zone.desk import queries as desk
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.kernel.data_map import Column, CopyTable, DataMap, table
from shuniu.zone.kernel.search import stored_columns
from shuniu.zone.notices import queries as notices
from shuniu.zone.registry import queries as registry

SOFTWARE: tuple[Column, ...] = (
    *table("auth_permission", software="id name content_type_id codename"),
    *table("auth_group_permissions", software="id group_id permission_id"),
    *table("auth_group", software="id name"),
    *table("django_content_type", software="id app_label model"),
    *table("django_migrations", software="id app name applied"),
    *table("django_session", browser_sessions="session_key session_data expire_date"),
)

KERNEL: tuple[Column, ...] = (
    *table("kernel_fact", trace="id kind subject happened_at actor_id data origin position seal"),
    *table("kernel_delivery", work="id fact_id reaction state attempts next_try_at last_error"),
    *table("kernel_chaincheck", proofs="id asked_at asked_by_id finished_at facts heads problems"),
    *table("kernel_factwords", reasons="fact_id text written_at"),
    *table("kernel_wordpair", pairs="id first second"),
    *table("kernel_tick", counters="name started_for"),
    *table("kernel_counter", counters="name value"),
    *table("kernel_keptanswer", answers="id actor_id key digest made_at status headers body"),
    *table(
        "kernel_importrun",
        imports="name path marked_path marking glimpse problem sha256",
        import_record="id kind state is_pasted file_type size_bytes language layout options version"
        " counts made_by_id made_at confirmed_by_id confirmed_at ended_at undone_by_id undone_at",
    ),
    *table("kernel_importrow", imports="id run_id number verdict has_notes body"),
    *table("kernel_importtrace", imports="id run_id number outcome subject body"),
    *table("kernel_importheading", import_headings="id kind heading field used_at"),
    *table(
        "kernel_purgecertificate",
        proofs="id data_class before began_at ended_at rows files actor_id fact_id",
    ),
)

ACCOUNTS: tuple[Column, ...] = (
    *table(
        "accounts_user",
        identity="id sign_in_name name is_active created_at closed_at last_login"
        " password_changed_at",
        secrets="password",
    ),
    *table("accounts_grant", standing="id user_id role granted_at"),
    *table("accounts_phone", phone="user_id number", secrets="number_index"),
    *table(
        "accounts_secondfactor",
        identity="user_id made_at confirmed_at",
        secrets="secret last_step",
    ),
    *table("accounts_recoverycode", codes="id user_id used_at", secrets="digest"),
    *table(
        "accounts_onetimecode",
        codes="id user_id resets_second_factor made_by_id made_at expires_at used_at",
        secrets="digest",
    ),
    *table("accounts_device", sessions="id user_id made_at used_at", secrets="digest"),
    *table(
        "accounts_signinsession",
        sessions="id user_id began_at seen_at second_factor_at confirmed_at ended_at end address"
        " agent",
        secrets="key_digest",
    ),
    *table(
        "accounts_accesstoken",
        sessions="id user_id name may_write made_at expires_at used_on ended_at end",
        secrets="digest",
    ),
    *table("accounts_guesscount", guesses="key guesses last_at"),
    *table(
        "accounts_datarequest",
        requests="id user_id state asked_at decided_at decided_by_id reason",
    ),
)


def _words(name: str, data_class: str) -> tuple[Column, ...]:
    """Return a table of words, with what the database in use keeps beside it."""
    return tuple(
        column
        for stored, columns in stored_columns(name).items()
        for column in table(stored, **{data_class: " ".join(columns)})
    )


REGISTRY: tuple[Column, ...] = (
    *_words("registry_enterprisewords", "enterprises"),
    *table("registry_profileversion", zone="id code digest content put_in_force_at put_by_id"),
    *table("registry_office", zone="id code zh en kind position is_active"),
    *table("registry_holiday", zone="id day kind name source"),
    *table("registry_calendaredit", zone="id edited_by_id edited_at changes undoes_id"),
    *table("registry_post", standing="id user_id office_id title is_head"),
    *table("registry_membership", standing="id user_id enterprise_id is_admin"),
    *table(
        "registry_enterprise",
        enterprises="id name short_name credit_code industry_code is_above_scale employees scope"
        " products inputs address registered_at verified_at merged_into_id",
    ),
    *table(
        "registry_place",
        zone="id code name kind part_of_id shape west south east north is_active changed_at",
    ),
    *table(
        "registry_placefile",
        place_files="id name datum content sent_by_id sent_at state before written_by_id written_at"
        " undone_at",
    ),
    *table(
        "registry_site",
        enterprises="id enterprise_id name address place_id lon lat is_main verified_at",
    ),
    *table(
        "registry_correction",
        enterprises="id enterprise_id changes about_sites note asked_by_id asked_at state reason"
        " decided_by_id decided_at",
    ),
    *table(
        "registry_merge",
        enterprises="id kept_id gone_id moved taken_over merged_by_id merged_at undone_by_id"
        " undone_at",
    ),
    *table(
        "registry_contact",
        contacts="id enterprise_id name title phone verified_at told_at",
        secrets="phone_index",
    ),
    *table(
        "registry_registration",
        registrations="id reference credit_code enterprise_name name phone position address"
        " received_at due_at state reason decided_at decided_by_id enterprise_id user_id",
        secrets="phone_index password form_key",
    ),
)

DESK: tuple[Column, ...] = (
    *_words("desk_casewords", "word_index"),
    *table(
        "desk_case",
        needs="text location_note suggestion",
        course="id number enterprise_id opened_by_id profile_id channel category subcategory"
        " urgency sensitivity state lead_unit_id handler_id round returns turn_since submitted_at"
        " accepted_at dispatched_at contacted_at planned_at planned_on replied_at closed_at"
        " withdrawn_at rejected_at updated_at waits paused_at extended_at extended_to review_on"
        " asked_for escalated_to escalated_number outside_number"
        " contact_due_at plan_due_at done_due_at is_due_assumed"
        " light light_reason next_light_at solved rating is_confirmed_by_silence urged_until"
        " call_back_since called_back_at sampled_at"
        " purged_at parent_id split_at split_from_id",
    ),
    *table(
        "desk_caselink",
        course="id first_id second_id kind made_by_id made_at",
    ),
    *table(
        "desk_urging",
        course="id case_id unit_id year serial until words_id urged_by_id urged_at answer_id"
        " answered_by_id answered_at ended_at",
    ),
    *table(
        "desk_callback",
        course="id case_id unit_id round solved rating words_id called_by_id called_at",
    ),
    *table("desk_withdrawaldraw", course="id month seed among drawn_at"),
    *table(
        "desk_withdrawalcheck", course="id draw_id case_id pressed words_id asked_by_id asked_at"
    ),
    *table(
        "desk_caserequest",
        course="id case_id kind until asked_by_id asked_at decision decided_by_id decided_at",
    ),
    *table(
        "desk_note",
        needs="text",
        course="id case_id kind author_id written_at is_public refused_at",
    ),
    *table(
        "desk_clockreset",
        zone="id edit_id cases done moved last_case_id began_at finished_at",
    ),
    *table(
        "desk_lesson",
        zone="id body written_as cases compared right_before right_after units_before units_after"
        " learned_at is_in_force",
    ),
    *table("desk_savedview", views="id owner_id name query is_default made_at removed_at"),
    *table(
        "desk_attachment",
        needs="name sha256 path",
        course="id case_id content_type size_bytes added_by_id added_at",
    ),
)

HANGS: tuple[Column, ...] = (
    *table(
        "hangs_hang",
        hangs="source_title promise",
        course="id number source_kind source_key source_url unit_id responsible_id supervisor_id"
        " first_promised_on promised_on moves review_on state state_since round opened_by_id"
        " opened_at asked_by_id asked_at called_back_by_id called_back_at struck_by_id struck_at"
        " struck_in_time updated_at late_told_for review_told_for purged_at",
    ),
    *table("hangs_evidence", hangs="text", course="id hang_id kind author_id written_at"),
    *table(
        "hangs_evidencefile",
        hangs="name sha256 path",
        course="id evidence_id content_type size_bytes",
    ),
)

FREIGHT: tuple[Column, ...] = (
    *table(
        "freight_groupword",
        freight_words="id word means state proposed_by_id proposed_at decided_by_id decided_at",
    ),
)

HALL: tuple[Column, ...] = (
    *table(
        "hall_serviceitem",
        zone="id code name unit_id materials legal_basis limit_days promise_days fee channel owner"
        " phone is_active version changed_at",
    ),
    *table(
        "hall_ticket",
        course="id key day series serial number counter state window calls enterprise_id"
        " taken_by_id taken_at first_called_at called_at served_by_id ended_at",
    ),
    *table(
        "hall_hallkey",
        zone="id kind name made_by_id made_at ended_at",
        secrets="digest",
    ),
)

BRIEFINGS: tuple[Column, ...] = (
    *table(
        "briefings_issue",
        issues="content composed returned_why withdrawn_why",
        course="id edition day first_day state version year number number_words corrects_id"
        " drafted_at edited_at edited_by_id signed_at signed_by_id published_at published_by_id"
        " withdrawn_at withdrawn_by_id purged_at",
    ),
    *table(
        "briefings_instruction",
        issues="about_title words",
        course="id issue_id hang_id case_id given_by_id given_at",
    ),
)

NOTICES: tuple[Column, ...] = (
    *table(
        "notices_notice",
        notices="id recipient_id kind values told_at read_at",
        work="key occasion",
    ),
    *table(
        "notices_mailbox",
        mailboxes="user_id address confirmed_at unwanted is_quiet_at_night language",
        work="code_sent_at guesses sent_on sent_count",
        secrets="nonce",
    ),
    *table(
        "notices_outlet",
        zone="id channel name office_id form is_on recent busy_until paused_until failures trouble"
        " troubled_at sent_at made_at",
        secrets="secret",
    ),
    *table(
        "notices_outgoing",
        notices="id recipient_id kind values made_at sent_at",
        work="outlet_id key occasion is_bare may_disturb waiting_since state attempts next_try_at"
        " trouble batch",
    ),
)

PORTAL: tuple[Column, ...] = (
    *table(
        "portal_listexport",
        exports="id list_kind form query language state standing row_keys done rows turn path"
        " size_bytes asked_by_id asked_at ended_at",
    ),
    *table(
        "portal_dataincident",
        incidents="id title happened noticed_at data_kinds people consequences measures"
        " reported_by_id reported_at authority_told_at persons_told_at persons_not_told"
        " settled_at",
    ),
)

DATA_MAP = DataMap(
    classes=(*PERSONAL, *OTHER),
    columns=(
        *SOFTWARE,
        *KERNEL,
        *ACCOUNTS,
        *REGISTRY,
        *NOTICES,
        *HANGS,
        *DESK,
        *FREIGHT,
        *HALL,
        *BRIEFINGS,
        *PORTAL,
    ),
)

DATA_COPIES: tuple[Callable[[AbstractBaseUser], tuple[CopyTable, ...]], ...] = (
    accounts.data_of,
    registry.data_of,
    desk.data_of,
    hangs.data_of,
    notices.data_of,
)
