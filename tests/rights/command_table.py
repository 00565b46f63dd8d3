"""The table of commands: which row it is about, and who is let through."""

# Command, row, and who is let through; everybody else is refused. ``own`` belongs to enterprise A
# and to its bureau, ``foreign`` to enterprise B; ``staff`` and ``outside`` say whose account it is.
# Commands on accounts ask for roles alone: that a colleague is of the same enterprise is asked by
# those of the registry, which stand between them and every page.
TABLE = """
accounts.ask_for_deletion         -          @all
accounts.take_back_deletion       -          @all
accounts.grant_deletion           -          security
accounts.refuse_deletion          -          security
accounts.note_copy                -          @all
accounts.open_accounts            staff      admin
accounts.open_accounts            outside    chief clerk
accounts.rename                   staff      security admin
accounts.rename                   outside    chief clerk security
accounts.set_phone                staff      security admin
accounts.set_phone                outside    chief clerk security
accounts.close_account            staff      security
accounts.close_account            outside    chief clerk security
accounts.reopen_account           staff      security
accounts.reopen_account           outside    chief clerk security
accounts.change_password          -          @all
accounts.issue_code               staff      security
accounts.issue_code               outside    chief clerk security
accounts.give_role                staff      security
accounts.give_role                outside    chief clerk security
accounts.take_role                staff      security
accounts.take_role                outside    chief clerk security
accounts.begin_second_factor      -          @all
accounts.confirm_second_factor    -          @all
accounts.renew_recovery_codes     -          @all
accounts.drop_second_factor       -          @all
accounts.begin_session            -          @all
accounts.sign_out                 -          @all
accounts.end_session              own        @all
accounts.end_session              foreign
accounts.end_sessions             staff      security
accounts.end_sessions             outside    chief clerk security
accounts.know_device              -          @all
accounts.make_token               -          @all
accounts.revoke_token             -          @all
accounts.revoke_tokens            staff      security
accounts.revoke_tokens            outside    chief clerk security
accounts.confirm_again            -          @all
accounts.ask_for_check            -          audit
accounts.export_trail             -          audit
freight.propose_word              -          clerk officer
freight.decide_word               -          clerk admin
desk.learn_from_cases            -          admin
desk.choose_lesson               -          admin
briefings.draft_issue             -          clerk
briefings.export_day              -          clerk superv leader
briefings.export_issue            -          clerk superv leader
briefings.hand_up_issue           -          clerk
briefings.instruct                -          leader
briefings.publish_issue           -          clerk leader
briefings.renew_issue             -          clerk
briefings.save_issue              -          clerk
briefings.send_back_issue         -          leader
briefings.sign_issue              -          leader
briefings.take_back_issue         -          clerk
briefings.unsign_issue            -          leader
briefings.withdraw_issue          -          leader
hangs.open_hang                   -          superv
hangs.export_hangs                -          clerk officer handler superv leader discip
hangs.add_evidence                own        clerk officer handler superv
hangs.add_evidence                foreign    clerk officer superv
hangs.ask_to_strike               own        handler
hangs.ask_to_strike               foreign
hangs.record_call_back            own        clerk officer superv
hangs.record_call_back            foreign    clerk officer superv
hangs.strike_off                  own        superv
hangs.strike_off                  foreign    superv
hangs.refuse_strike               own        superv
hangs.refuse_strike               foreign    superv
hangs.move_promise                own        superv
hangs.move_promise                foreign    superv
hangs.set_review                  own        superv
hangs.set_review                  foreign    superv
desk.accept_case                  own        clerk
desk.accept_case                  foreign    clerk
desk.accept_case                  restricted discip
desk.reject_case                  own        clerk
desk.reject_case                  foreign    clerk
desk.reject_case                  restricted discip
desk.object_to_rejection          own        @firm
desk.object_to_rejection          foreign
desk.object_to_rejection          restricted
desk.escalate_case                own        superv
desk.escalate_case                foreign    superv
desk.escalate_case                restricted
desk.take_back_case               own        superv
desk.take_back_case               foreign    superv
desk.take_back_case               restricted
desk.dispatch_case                own        clerk
desk.dispatch_case                foreign    clerk
desk.dispatch_case                restricted discip
desk.rebuild                      -          @all
desk.draw_withdrawals             -          @all
desk.dispatch_cases               -          clerk superv
desk.take_back_dispatches         -          clerk
desk.export_cases                 -          @firm @staff
desk.save_view                    -          @firm @staff
desk.rename_view                  -          clerk
desk.prefer_view                  -          clerk
desk.remove_view                  -          clerk
desk.restore_view                 -          clerk
desk.confirm_case                 own        @firm
desk.confirm_case                 foreign
desk.confirm_case                 restricted
desk.refuse_answer                own        @firm
desk.refuse_answer                foreign
desk.refuse_answer                restricted
desk.withdraw_case                own        @firm
desk.withdraw_case                foreign
desk.withdraw_case                restricted
desk.note_file_opened             own        @all
desk.note_file_opened             foreign    @all
desk.note_file_opened             restricted @all
desk.load_history                 -          @all
desk.open_case                    own        @firm clerk officer
desk.open_case                    foreign    clerk officer
desk.add_to_case                  own        @firm
desk.add_to_case                  foreign
desk.add_to_case                  restricted
desk.urge_case                    own        superv
desk.urge_case                    foreign    superv
desk.urge_case                    restricted
desk.answer_urging                own        handler
desk.answer_urging                foreign
desk.answer_urging                restricted discip
desk.call_back                    own        clerk superv
desk.call_back                    foreign    clerk superv
desk.call_back                    restricted
desk.check_withdrawal             own        superv
desk.check_withdrawal             foreign    superv
desk.check_withdrawal             restricted
desk.merge_case                   own        clerk
desk.merge_case                   foreign    clerk
desk.merge_case                   restricted
desk.part_case                    own        clerk
desk.part_case                    foreign    clerk
desk.part_case                    restricted
desk.split_case                   own        clerk
desk.split_case                   foreign    clerk
desk.split_case                   restricted
desk.relate_cases                 own        clerk superv
desk.relate_cases                 foreign    clerk superv
desk.relate_cases                 restricted
desk.unrelate_cases               own        clerk superv
desk.unrelate_cases               foreign    clerk superv
desk.unrelate_cases               restricted
desk.tell_apart                   own        clerk superv
desk.tell_apart                   foreign    clerk superv
desk.tell_apart                   restricted
desk.attach_files                 own        @firm clerk handler
desk.attach_files                 foreign    clerk
desk.attach_files                 restricted discip
desk.read_case                    own        @all
desk.read_case                    foreign    @all
desk.read_case                    restricted @all
desk.sign_case                    own        handler
desk.sign_case                    foreign
desk.sign_case                    restricted discip
desk.note_contact                 own        handler
desk.note_contact                 foreign
desk.note_contact                 restricted discip
desk.plan_case                    own        handler
desk.plan_case                    foreign
desk.plan_case                    restricted discip
desk.note_progress                own        handler
desk.note_progress                foreign
desk.note_progress                restricted discip
desk.reply_to_case                own        handler
desk.reply_to_case                foreign
desk.reply_to_case                restricted discip
desk.return_case                  own        handler
desk.return_case                  foreign
desk.return_case                  restricted
desk.ask_enterprise               own        handler
desk.ask_enterprise               foreign
desk.ask_enterprise               restricted discip
desk.answer_question              own        @firm
desk.answer_question              foreign
desk.answer_question              restricted
desk.resume_case                  own        handler superv
desk.resume_case                  foreign    superv
desk.resume_case                  restricted discip
desk.ask_for_extension            own        handler
desk.ask_for_extension            foreign
desk.ask_for_extension            restricted discip
desk.grant_extension              own        superv
desk.grant_extension              foreign    superv
desk.grant_extension              restricted
desk.ask_for_suspension           own        handler
desk.ask_for_suspension           foreign
desk.ask_for_suspension           restricted discip
desk.suspend_case                 own        superv
desk.suspend_case                 foreign    superv
desk.suspend_case                 restricted
desk.deny_request                 own        superv
desk.deny_request                 foreign    superv
desk.deny_request                 restricted
desk.review_suspended             own        handler
desk.review_suspended             foreign
desk.review_suspended             restricted discip
notices.tell                      -          @all
notices.tell_later                -          @all
notices.open_notice               -          @all
notices.read_all                  -          @all
notices.unread_again              -          @all
notices.give_address              -          @all
notices.remove_address            -          @all
notices.set_wishes                -          @all
notices.add_robot                 -          admin
notices.switch_robot              -          admin
notices.remove_robot              -          admin
notices.test_outlet               -          admin
notices.send_again                -          admin
notices.give_up                   -          admin
portal.grant_deletion             -          security
portal.report_incident            -          security
portal.correct_incident           -          security
portal.note_authority_told        -          security
portal.note_persons_told          -          security
portal.note_persons_not_told      -          security
portal.settle_incident            -          security
portal.export_incidents           -          security
portal.ask_for_export             -          @firm @staff
portal.take_export                -          clerk
portal.send_again                 -          admin
registry.reveal_contact           own        clerk officer handler superv discip
registry.reveal_contact           foreign    clerk officer handler superv discip
registry.add_contact              own        chief
registry.add_contact              foreign
registry.correct_contact          own        chief
registry.correct_contact          foreign
registry.confirm_contact          own        chief
registry.confirm_contact          foreign
registry.remove_contact           own        chief
registry.remove_contact           foreign
registry.register_enterprises     -          clerk
registry.add_enterprise           -          clerk
registry.correct_enterprise       own        clerk
registry.correct_enterprise       foreign    clerk
registry.verify_enterprise        own        chief clerk
registry.verify_enterprise        foreign    clerk
registry.export_enterprises       -          @staff
registry.ask_for_correction       own        chief
registry.ask_for_correction       foreign
registry.approve_correction       own        clerk
registry.approve_correction       foreign    clerk
registry.reject_correction        own        clerk
registry.reject_correction        foreign    clerk
registry.withdraw_correction      own        chief
registry.withdraw_correction      foreign
registry.add_site                 own        clerk
registry.add_site                 foreign    clerk
registry.correct_site             -          clerk
registry.confirm_site             -          clerk
registry.make_main_site           -          clerk
registry.remove_site              -          clerk
registry.write_places             -          clerk
registry.correct_place            -          clerk
registry.keep_place_file          -          clerk
registry.write_place_file         -          clerk
registry.undo_place_file          -          clerk
registry.retire_place             -          clerk
registry.restore_place            -          clerk
registry.merge_enterprises        -          clerk
registry.undo_merge               -          clerk
registry.admit_member             own        clerk
registry.admit_member             foreign    clerk
registry.forget_person            staff      security
registry.forget_person            outside    security
registry.end_standing             -          security
registry.add_colleague            own        chief
registry.add_colleague            foreign
registry.set_colleague_rank       own        chief
registry.set_colleague_rank       foreign
registry.remove_colleague         own        chief
registry.remove_colleague         foreign
registry.give_colleague_code      own        chief clerk
registry.give_colleague_code      foreign    clerk
registry.appoint_staff            -          admin
registry.open_staff_account       -          admin
registry.change_posts             staff      admin
registry.change_posts             outside    admin
registry.export_people            -          security admin
registry.put_profile_in_force     -          admin
registry.load_chinese_holidays    -          admin
registry.edit_calendar            -          admin
registry.undo_calendar_edit       -          admin
registry.send_registration        -          @all
registry.approve_registration     -          clerk
registry.reject_registration      -          clerk
registry.take_up_again            -          clerk
registry.reveal_registration      -          clerk
"""
