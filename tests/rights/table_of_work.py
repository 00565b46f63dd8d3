"""The table of rights of what people work on: cases, supervised items, freight, briefings."""

WORK = """
desk:calendar                    -          GET    200 @staff admin; 403
desk:calendar-look               -          POST+0 200 clerk admin; 403
desk:calendar-save               -          POST   302 admin; 403
desk:calendar-undo               own        GET    200 admin; 403
desk:calendar-undo               own        POST   302 admin; 403
desk:calendar-undo               missing    GET    404 admin; 403
desk:calendar-undo               missing    POST   404 admin; 403

desk:reader                      -          GET    200 admin; 403
desk:reader-learn                -          POST   302 admin; 403
desk:reader-choose               own        POST   302 admin; 403
desk:reader-choose               missing    POST   404 admin; 403

freight:messages                 -          GET    200 clerk officer; 403
freight:read                     -          POST+0 200 clerk officer; 403
freight:words                    -          GET    200 clerk admin; 403
freight:word-new                 -          POST   302 clerk officer; 403
freight:word-step/accept         own        POST   302 clerk admin; 403
freight:word-step/accept         missing    POST   404 clerk admin; 403
freight:word-step/refuse         own        POST   302 clerk admin; 403
freight:word-step/refuse         missing    POST   404 clerk admin; 403

briefings:list                   -          GET    200 clerk superv leader; 403
briefings:today                  -          GET    302 clerk superv leader; 403
briefings:day                    -          GET    200 clerk superv leader; 403
briefings:day-file               -          GET+1  200 clerk superv leader; 403
briefings:issue-draft            -          POST   302 clerk; 403
briefings:period-draft           -          POST   302 clerk; 403
briefings:issue                  own        GET    200 clerk superv leader; 403
briefings:issue                  missing    GET    404 clerk superv leader; 403
briefings:issue-edit             own        GET    200 clerk; 404 superv leader; 403
briefings:issue-edit             missing    GET    404 clerk superv leader; 403
briefings:issue-file             own        GET+1  200 clerk superv leader; 403
briefings:issue-file             missing    GET    404 clerk superv leader; 403
briefings:issue-step/save        own        POST   302 clerk; 404 superv leader; 403
briefings:issue-step/save        missing    POST   404 clerk superv leader; 403
briefings:issue-step/hand-up     own        POST   302 clerk; 404 superv leader; 403
briefings:issue-step/hand-up     missing    POST   404 clerk superv leader; 403
briefings:issue-step/renew       own        POST   302 clerk; 404 superv leader; 403
briefings:issue-step/renew       missing    POST   404 clerk superv leader; 403
briefings:issue-step/take-back   own        POST   302 clerk; 404 superv; 403
briefings:issue-step/take-back   missing    POST   404 clerk superv leader; 403
briefings:issue-step/sign        own        POST   302 leader; 404 superv; 403
briefings:issue-step/sign        missing    POST   404 clerk superv leader; 403
briefings:issue-step/send-back   own        POST   302 leader; 404 superv; 403
briefings:issue-step/send-back   missing    POST   404 clerk superv leader; 403
briefings:issue-step/unsign      own        POST   302 leader; 404 superv; 403
briefings:issue-step/unsign      missing    POST   404 clerk superv leader; 403
briefings:issue-step/publish     own        POST   302 clerk leader; 404 superv; 403
briefings:issue-step/publish     missing    POST   404 clerk superv leader; 403
briefings:issue-step/withdraw    own        POST   302 leader; 403
briefings:issue-step/withdraw    missing    POST   404 clerk superv leader; 403

briefings:issue-instruct         own        GET    200 leader; 403
briefings:issue-instruct         own        POST+2 302 leader; 403
briefings:issue-instruct         missing    GET    404 leader; 403
briefings:issue-instruct         missing    POST   404 leader; 403
hangs:list                       -          GET    403 @firm @outside @admins reader; 200
hangs:ageing                     -          GET    403 @firm @outside @admins reader; 200
hangs:xlsx                       -          GET+1  403 @firm @outside @admins reader; 200
hangs:csv                        -          GET+1  403 @firm @outside @admins reader; 200
hangs:new                        -          GET    200 superv; 403
hangs:new                        -          POST   302 superv; 403
hangs:hang                       own        GET    200 clerk officer handler superv leader; 404
hangs:hang                       foreign    GET    200 clerk officer superv leader; 404
hangs:hang                       missing    GET    404
hangs:paper                      own        GET    200 clerk officer handler superv leader; 404
hangs:paper                      foreign    GET    200 clerk officer superv leader; 404
hangs:paper                      missing    GET    404
hangs:file                       own        GET    200 clerk officer handler superv leader; 404
hangs:file                       foreign    GET    200 clerk officer superv leader; 404
hangs:file                       missing    GET    404
hangs:step/add                   own        POST   302 clerk officer handler superv; 403 leader; 404
hangs:step/add                   foreign    POST   302 clerk officer superv; 403 leader; 404
hangs:step/add                   missing    POST   404
hangs:step/ask                   own        POST   302 handler; 403 clerk officer superv leader; 404
hangs:step/ask                   foreign    POST   403 clerk officer superv leader; 404
hangs:step/ask                   missing    POST   404
hangs:step/call-back             own        POST   302 clerk officer superv; 403 handler leader; 404
hangs:step/call-back             foreign    POST   302 clerk officer superv; 403 leader; 404
hangs:step/call-back             missing    POST   404
hangs:step/strike                own        POST   302 superv; 403 clerk officer handler leader; 404
hangs:step/strike                foreign    POST   302 superv; 403 clerk officer leader; 404
hangs:step/strike                missing    POST   404
hangs:step/refuse                own        POST   302 superv; 403 clerk officer handler leader; 404
hangs:step/refuse                foreign    POST   302 superv; 403 clerk officer leader; 404
hangs:step/refuse                missing    POST   404
hangs:step/move                  own        POST   302 superv; 403 clerk officer handler leader; 404
hangs:step/move                  foreign    POST   302 superv; 403 clerk officer leader; 404
hangs:step/move                  missing    POST   404
hangs:step/review                own        POST   302 superv; 403 clerk officer handler leader; 404
hangs:step/review                foreign    POST   302 superv; 403 clerk officer leader; 404
hangs:step/review                missing    POST   404

desk:need                        own        GET    200 @firm; 403
desk:need                        own        POST   302 @firm; 403
desk:need                        foreign    POST   422 @firm; 403
desk:need-for-enterprise         own        GET    200 clerk officer; 403
desk:need-for-enterprise         own        POST   302 clerk officer; 403
desk:need-for-enterprise         foreign    POST   302 clerk officer; 403
desk:case-list                   -          GET    403 @outside @admins; 200

desk:cases-xlsx                  -          GET+1  403 @outside @admins; 200
desk:cases-csv                   -          GET+1  403 @outside @admins; 200
desk:view-new                    -          POST   403 @outside @admins; 302
desk:view-step/prefer            own        POST   302 clerk; 403 @outside @admins; 404
desk:view-step/prefer            missing    POST   403 @outside @admins; 404
desk:view-step/remove            own        POST   302 clerk; 403 @outside @admins; 404
desk:view-step/remove            missing    POST   403 @outside @admins; 404
desk:view-step/restore           own        POST   302 clerk; 403 @outside @admins; 404
desk:view-step/restore           missing    POST   403 @outside @admins; 404
desk:view-step/rename            own        POST   302 clerk; 403 @outside @admins; 404
desk:view-step/rename            missing    POST   403 @outside @admins; 404
desk:dispatch                    own        GET    200 clerk superv; 403
desk:dispatch                    own        POST   302 clerk superv; 403
desk:batch                       own        GET    200 clerk; 404 superv; 403
desk:batch                       missing    GET    404 clerk superv; 403
desk:batch-back                  own        POST   409 clerk; 403
desk:batch-back                  missing    POST   403

desk:wall                        -          GET    200 clerk superv leader; 403
desk:call-back-list              -          GET    200 clerk superv leader; 403
desk:withdrawal-list             -          GET    200 superv leader; 403
desk:urging-list                 -          GET    403 @outside @admins @firm; 200
desk:urging-page                 own        GET    404 @firm; 200 @own; 404
desk:urging-page                 missing    GET    404

desk:beside-find                 own        GET    302 clerk superv; 403 @own; 404
desk:beside-find                 foreign    GET    302 clerk superv; 403 @readers; 404
desk:beside-find                 restricted GET    403 reader discip; 404
desk:beside                      own        GET    200 clerk superv; 403 officer leader; 404
desk:beside                      foreign    GET    200 clerk superv; 403 officer leader; 404
desk:beside                      restricted GET    404
desk:beside-step/relate          own        POST+2 302 clerk superv; 403 @own; 404
desk:beside-step/relate          foreign    POST+2 302 clerk superv; 403 @readers; 404
desk:beside-step/relate          restricted POST   403 reader discip; 404
desk:beside-step/unrelate        own        POST+2 302 clerk superv; 403 @own; 404
desk:beside-step/unrelate        foreign    POST+2 302 clerk superv; 403 @readers; 404
desk:beside-step/unrelate        restricted POST   403 reader discip; 404
desk:beside-step/not-same        own        POST   302 clerk superv; 403 @own; 404
desk:beside-step/not-same        foreign    POST   302 clerk superv; 403 @readers; 404
desk:beside-step/not-same        restricted POST   403 reader discip; 404
desk:case-page                   own        GET    200 @own; 404
desk:case-page                   foreign    GET    200 @readers; 404
desk:case-page                   restricted GET    200 reader discip; 404
desk:attachment                  own        GET    200 @own; 404
desk:attachment                  foreign    GET    200 @readers; 404
desk:attachment                  restricted GET+1  200 reader discip; 404
desk:attachments-add             own        POST   302 @firm clerk handler; 403 @own; 404
desk:attachments-add             foreign    POST   302 clerk; 403 @readers; 404
desk:attachments-add             restricted POST   302 discip; 403 reader; 404

desk:case-step/accept            own        POST   302 clerk; 403 @own; 404
desk:case-step/accept            foreign    POST   302 clerk; 403 @readers; 404
desk:case-step/accept            restricted POST   302 discip; 403 reader; 404
desk:case-step/reject            own        POST   302 clerk; 403 @own; 404
desk:case-step/reject            foreign    POST   302 clerk; 403 @readers; 404
desk:case-step/reject            restricted POST   302 discip; 403 reader; 404
desk:case-step/object            own        POST   302 @firm; 403 @own; 404
desk:case-step/object            foreign    POST   403 @readers; 404
desk:case-step/object            restricted POST   403 reader discip; 404
desk:case-step/escalate          own        POST   302 superv; 403 @own; 404
desk:case-step/escalate          foreign    POST   302 superv; 403 @readers; 404
desk:case-step/escalate          restricted POST   403 reader discip; 404
desk:case-step/take-back         own        POST   302 superv; 403 @own; 404
desk:case-step/take-back         foreign    POST   302 superv; 403 @readers; 404
desk:case-step/take-back         restricted POST   403 reader discip; 404
desk:case-step/dispatch          own        POST   302 clerk; 403 @own; 404
desk:case-step/dispatch          reopened   POST   302 superv; 403 @own; 404
desk:case-step/dispatch          foreign    POST   302 clerk; 403 @readers; 404
desk:case-step/dispatch          restricted POST   302 discip; 403 reader; 404
desk:case-step/sign              own        POST   302 handler; 403 @own; 404
desk:case-step/sign              foreign    POST   403 @readers; 404
desk:case-step/sign              restricted POST   302 discip; 403 reader; 404
desk:case-step/contact           own        POST   302 handler; 403 @own; 404
desk:case-step/contact           foreign    POST   403 @readers; 404
desk:case-step/contact           restricted POST   302 discip; 403 reader; 404
desk:case-step/plan              own        POST   302 handler; 403 @own; 404
desk:case-step/plan              foreign    POST   403 @readers; 404
desk:case-step/plan              restricted POST   302 discip; 403 reader; 404
desk:case-step/note              own        POST   302 handler; 403 @own; 404
desk:case-step/note              foreign    POST   403 @readers; 404
desk:case-step/note              restricted POST   302 discip; 403 reader; 404
desk:case-step/reply             own        POST   302 handler; 403 @own; 404
desk:case-step/reply             foreign    POST   403 @readers; 404
desk:case-step/reply             restricted POST   302 discip; 403 reader; 404
desk:case-step/return            own        POST   302 handler; 403 @own; 404
desk:case-step/return            foreign    POST   403 @readers; 404
desk:case-step/return            restricted POST   403 reader discip; 404
desk:case-step/ask               own        POST   302 handler; 403 @own; 404
desk:case-step/ask               foreign    POST   403 @readers; 404
desk:case-step/ask               restricted POST   302 discip; 403 reader; 404
desk:case-step/answer            own        POST   302 @firm; 403 @own; 404
desk:case-step/answer            foreign    POST   403 @readers; 404
desk:case-step/answer            restricted POST   403 reader discip; 404
desk:case-step/resume            own        POST   302 handler superv; 403 @own; 404
desk:case-step/resume            foreign    POST   302 superv; 403 @readers; 404
desk:case-step/resume            restricted POST   302 discip; 403 reader; 404
desk:case-step/ask-extension     own        POST   302 handler; 403 @own; 404
desk:case-step/ask-extension     foreign    POST   403 @readers; 404
desk:case-step/ask-extension     restricted POST   302 discip; 403 reader; 404
desk:case-step/grant-extension   own        POST   302 superv; 403 @own; 404
desk:case-step/grant-extension   foreign    POST   302 superv; 403 @readers; 404
desk:case-step/grant-extension   restricted POST   403 reader discip; 404
desk:case-step/ask-suspension    own        POST   302 handler; 403 @own; 404
desk:case-step/ask-suspension    foreign    POST   403 @readers; 404
desk:case-step/ask-suspension    restricted POST   302 discip; 403 reader; 404
desk:case-step/suspend           own        POST   302 superv; 403 @own; 404
desk:case-step/suspend           foreign    POST   302 superv; 403 @readers; 404
desk:case-step/suspend           restricted POST   403 reader discip; 404
desk:case-step/deny              own        POST   302 superv; 403 @own; 404
desk:case-step/deny              foreign    POST   302 superv; 403 @readers; 404
desk:case-step/deny              restricted POST   403 reader discip; 404
desk:case-step/review            own        POST   302 handler; 403 @own; 404
desk:case-step/review            foreign    POST   403 @readers; 404
desk:case-step/review            restricted POST   302 discip; 403 reader; 404
desk:case-step/confirm           own        POST   302 @firm; 403 @own; 404
desk:case-step/confirm           foreign    POST   403 @readers; 404
desk:case-step/confirm           restricted POST   403 reader discip; 404
desk:case-step/refuse            own        POST   302 @firm; 403 @own; 404
desk:case-step/refuse            foreign    POST   403 @readers; 404
desk:case-step/refuse            restricted POST   403 reader discip; 404
desk:case-step/withdraw          own        POST   302 @firm; 403 @own; 404
desk:case-step/withdraw          foreign    POST   403 @readers; 404
desk:case-step/withdraw          restricted POST   403 reader discip; 404
desk:case-step/add               own        POST   302 @firm; 403 @own; 404
desk:case-step/add               foreign    POST   403 @readers; 404
desk:case-step/add               restricted POST   403 reader discip; 404
desk:case-step/urge              own        POST   302 superv; 403 @own; 404
desk:case-step/urge              foreign    POST   302 superv; 403 @readers; 404
desk:case-step/urge              restricted POST   403 reader discip; 404
desk:case-step/respond           own        POST   302 handler; 403 @own; 404
desk:case-step/respond           foreign    POST   403 @readers; 404
desk:case-step/respond           restricted POST   302 discip; 403 reader; 404
desk:case-step/call-back         own        POST   302 clerk superv; 403 @own; 404
desk:case-step/call-back         foreign    POST   302 clerk superv; 403 @readers; 404
desk:case-step/call-back         restricted POST   403 reader discip; 404
desk:case-step/check-withdrawal  own        POST   302 superv; 403 @own; 404
desk:case-step/check-withdrawal  foreign    POST   302 superv; 403 @readers; 404
desk:case-step/check-withdrawal  restricted POST   403 reader discip; 404
desk:case-step/merge             own        POST+2 302 clerk; 403 @own; 404
desk:case-step/merge             foreign    POST+2 302 clerk; 403 @readers; 404
desk:case-step/merge             restricted POST   403 reader discip; 404
desk:case-step/unmerge           own        POST   302 clerk; 403 @own; 404
desk:case-step/unmerge           foreign    POST   302 clerk; 403 @readers; 404
desk:case-step/unmerge           restricted POST   403 reader discip; 404
desk:case-step/split             own        POST+3 302 clerk; 403 @own; 404
desk:case-step/split             foreign    POST+3 302 clerk; 403 @readers; 404
desk:case-step/split             restricted POST   403 reader discip; 404
"""
