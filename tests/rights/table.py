"""The table of rights: address, row, method, and the answer to each role."""

from tests.rights.table_of_hall import HALL
from tests.rights.table_of_work import WORK

REST = """
kernel:health                    -          GET    200 out @all; 200
kernel:live                      -          GET    200 @all; 403 out; 200
kernel:language                  -          POST   302 out @all; 302
kernel:theme                     -          POST   302 out @all; 302

accounts:sign-in                 -          GET    200 out; 302
accounts:sign-in                 -          POST+0 422 out; 302
accounts:sign-out                -          POST   302 out @all; 302

kernel:imports                   -          GET    200 clerk admin; 403
kernel:import-new                own        GET    200 clerk; 404 admin; 403
kernel:import-new                own        POST   302 clerk; 404 admin; 403
kernel:import-new                missing    GET    404 clerk admin; 403
kernel:import-template           own        GET    200 clerk; 404 admin; 403
kernel:import-template           missing    GET    404 clerk admin; 403
kernel:import                    own        GET    200 clerk; 404 admin; 403
kernel:import                    missing    GET    404 clerk admin; 403
kernel:import-columns            own        POST   302 clerk; 404 admin; 403
kernel:import-columns            missing    POST   404 clerk admin; 403
kernel:import-file               own        GET+1  200 clerk; 404 admin; 403
kernel:import-file               own        HEAD   200 clerk; 404 admin; 403
kernel:import-file               missing    GET    404 clerk admin; 403
kernel:import-marking            own        GET    302 clerk; 404 admin; 403
kernel:import-marking            missing    GET    404 clerk admin; 403
kernel:import-step/confirm       own        POST   302 clerk; 404 admin; 403
kernel:import-step/confirm       missing    POST   404 clerk admin; 403
kernel:import-step/again         own        POST   302 clerk; 404 admin; 403
kernel:import-step/again         missing    POST   404 clerk admin; 403
kernel:import-step/undo          own        POST   302 clerk; 404 admin; 403
kernel:import-step/undo          missing    POST   404 clerk admin; 403
kernel:import-step/mark          own        POST   302 clerk; 404 admin; 403
kernel:import-step/mark          missing    POST   404 clerk admin; 403
kernel:import-step/drop          own        POST   302 clerk; 404 admin; 403
kernel:import-step/drop          missing    POST   404 clerk admin; 403

portal:home                      -          GET    302
portal:search                    -          GET    200 @firm @staff; 403
portal:day                       -          GET    200 clerk superv leader; 403
portal:exports                   -          GET    200 @firm @staff; 403
portal:export-new                own        POST   302 @firm @staff; 403
portal:export-new                missing    POST   404 @firm @staff; 403
portal:export-file               own        GET+1  200 clerk; 404 @firm @staff; 403
portal:export-file               own        HEAD   200 clerk; 404 @firm @staff; 403
portal:export-file               missing    GET    404 @firm @staff; 403
portal:styles                    -          GET    403 @firm @outside; 200
portal:system                    -          GET    200 admin; 403
portal:delivery-again            own        POST   302 admin; 403
portal:delivery-again            missing    POST   409 admin; 403

registry:profile                 -          GET    200 admin; 403
registry:profile                 -          POST   422 admin; 403
registry:caller                  -          GET    200 clerk officer; 403
registry:caller                  -          POST   422 clerk officer; 403
registry:contact-reveal          own        GET    403 @firm leader reader; 200 @staff; 404
registry:contact-reveal          foreign    GET    403 leader reader; 200 @staff; 404
registry:contact-reveal          restricted GET    403 leader reader; 200 @staff; 404
registry:contact-reveal          own        POST   403 @firm leader reader; 200 @staff; 404
registry:contact-reveal          foreign    POST   403 leader reader; 200 @staff; 404
registry:contact-reveal          restricted POST   403 leader reader; 200 @staff; 404

accounts:account                 -          GET    200
accounts:audit                   -          GET    200 audit; 403
accounts:audit-check             -          POST   302 audit; 403
accounts:audit-entry             own        GET    200 audit; 403
accounts:audit-entry             missing    GET    404 audit; 403
accounts:audit-file              -          GET+1  200 audit; 403
accounts:confirm                 -          GET    200
accounts:confirm                 -          POST   422
accounts:deletion-ask            -          POST   302
accounts:deletion-back           -          POST   302
accounts:enter                   -          GET    200 out; 302
accounts:enter                   -          POST+0 422 out; 302
accounts:my-data                 -          GET    200
accounts:my-data-file            -          GET+1  200
accounts:my-name                 -          POST   302
accounts:my-phone                -          POST   302
accounts:password                -          GET    200
accounts:password                -          POST   422
accounts:recovery-codes          -          GET    302
accounts:recovery-codes          -          POST   302
accounts:second-factor           -          GET    200
accounts:second-factor           -          POST   302
accounts:second-factor-off       -          POST   302 firm @outside; 409
accounts:session-end             own        POST   302
accounts:session-end             foreign    POST   404
accounts:session-end             missing    POST   404
accounts:sessions                -          GET    200
accounts:sessions-end            -          POST   302
accounts:tokens                  -          GET    200
accounts:tokens                  -          POST   302
accounts:token-end               own        POST   302
accounts:token-end               foreign    POST   404
accounts:token-end               missing    POST   404
portal:api                       -          GET    200
accounts:sign-in-code            -          GET    302 out; 302
accounts:sign-in-code            -          POST+0 302 out; 302
accounts:sign-in-help            -          GET    200 out; 200

registry:contact                 own        GET    200 chief; 403
registry:contact                 own        POST   302 chief; 403
registry:contact                 foreign    GET    404 chief; 403
registry:contact                 foreign    POST   404 chief; 403
registry:contact                 missing    GET    404 chief; 403
registry:contact                 missing    POST   404 chief; 403
registry:contact-new             own        GET    200 chief; 403
registry:contact-new             own        POST   302 chief; 403
registry:contact-new             foreign    GET    404 chief; 403
registry:contact-new             foreign    POST   404 chief; 403
registry:contact-step/confirm    own        POST   302 chief; 403
registry:contact-step/confirm    foreign    POST   404 chief; 403
registry:contact-step/confirm    missing    POST   404 chief; 403
registry:contact-step/remove     own        POST   302 chief; 403
registry:contact-step/remove     foreign    POST   404 chief; 403
registry:contact-step/remove     missing    POST   404 chief; 403
registry:contacts                own        GET    200 chief; 403
registry:contacts                foreign    GET    404 chief; 403
registry:correction              own        GET    200 clerk; 403
registry:correction              missing    GET    404 clerk; 403
registry:correction-decide/approve own        POST   302 clerk; 403
registry:correction-decide/approve missing    POST   404 clerk; 403
registry:correction-decide/reject own        POST   302 clerk; 403
registry:correction-decide/reject missing    POST   404 clerk; 403
registry:correction-decide/withdraw own        POST   302 chief; 403
registry:correction-decide/withdraw foreign    POST   404 chief; 403
registry:correction-decide/withdraw missing    POST   404 chief; 403
registry:corrections             -          GET    200 clerk; 403
registry:enterprise              own        GET    200 @staff; 403
registry:enterprise              foreign    GET    200 @staff; 403
registry:enterprise              missing    GET    404 @staff; 403
registry:enterprise-edit         own        GET    200 clerk; 403
registry:enterprise-edit         own        POST   302 clerk; 403
registry:enterprise-edit         missing    GET    404 clerk; 403
registry:enterprise-edit         missing    POST   404 clerk; 403
registry:enterprise-new          -          GET    200 clerk; 403
registry:enterprise-new          -          POST   302 clerk; 403
registry:enterprise-suggest      -          GET    200 @staff; 403
registry:enterprise-verify       own        POST   302 chief clerk; 403
registry:enterprise-verify       foreign    POST   404 chief; 302 clerk; 403
registry:enterprise-verify       missing    POST   404 chief clerk; 403
registry:enterprises             -          GET    200 @staff; 403
registry:enterprises-csv         -          GET+1  200 @staff; 403
registry:enterprises-xlsx        -          GET+1  200 @staff; 403
registry:member                  own        GET    200 chief clerk; 403
registry:member                  foreign    GET    404 chief; 200 clerk; 403
registry:member                  missing    GET    404 chief clerk; 403
registry:member-new              own        GET    200 chief; 403
registry:member-new              own        POST+3 302 chief; 403
registry:member-new              foreign    GET    404 chief; 403
registry:member-new              foreign    POST   404 chief; 403
registry:member-step/code        own        POST   302 chief clerk; 403
registry:member-step/code        foreign    POST   404 chief; 302 clerk; 403
registry:member-step/code        missing    POST   404 chief clerk; 403
registry:member-step/phone       own        POST   302 clerk; 403
registry:member-step/phone       foreign    POST   404 chief; 302 clerk; 403
registry:member-step/phone       missing    POST   404 chief clerk; 403
registry:member-step/promote     own        POST+2 302 chief; 403
registry:member-step/promote     foreign    POST   404 chief; 403
registry:member-step/promote     missing    POST   404 chief clerk; 403
registry:member-step/release     own        POST   302 chief; 403
registry:member-step/release     foreign    POST   404 chief; 403
registry:member-step/release     missing    POST   404 chief clerk; 403
registry:member-step/remove      own        POST+2 302 chief; 403
registry:member-step/remove      foreign    POST   404 chief; 403
registry:member-step/remove      missing    POST   404 chief clerk; 403
registry:members                 own        GET    200 chief clerk; 403
registry:members                 foreign    GET    404 chief; 200 clerk; 403
registry:merge                   own        GET    200 clerk; 403
registry:merge                   missing    GET    404 clerk; 403
registry:merge-new               own        GET    200 clerk; 403
registry:merge-new               own        POST+2 302 clerk; 403
registry:merge-new               missing    GET    404 clerk; 403
registry:merge-new               missing    POST   404 clerk; 403
registry:merge-undo              own        POST+2 302 clerk; 403
registry:merge-undo              missing    POST   404 clerk; 403
registry:merges                  -          GET    200 clerk; 403
registry:own-correct             own        GET    200 chief; 403
registry:own-correct             own        POST   302 chief; 403
registry:own-correct             foreign    GET    404 chief; 403
registry:own-correct             foreign    POST   404 chief; 403
registry:own-enterprise          own        GET    200 chief; 403
registry:own-enterprise          foreign    GET    404 chief; 403
registry:people                  -          GET    200 security admin; 403
registry:people-file             -          GET+1  200 security admin; 403
registry:person                  foreign    GET    200 security admin; 403
registry:person                  missing    GET    404 security admin; 403
registry:person-new              -          GET    200 admin; 403
registry:person-new              -          POST   302 admin; 403
registry:person-step/close       foreign    POST   302 security; 403
registry:person-step/close       missing    POST   404 security admin; 403
registry:person-step/code        foreign    POST   302 security; 403
registry:person-step/code        missing    POST   404 security admin; 403
registry:person-step/correct     foreign    POST   302 admin; 403
registry:person-step/correct     missing    POST   404 security admin; 403
registry:person-step/end-keys    foreign    POST   302 security; 403
registry:person-step/end-keys    missing    POST   404 security admin; 403
registry:person-step/end-sessions foreign    POST   302 security; 403
registry:person-step/end-sessions missing    POST   404 security admin; 403
registry:person-step/give        foreign    POST   302 security; 403
registry:person-step/give        missing    POST   404 security admin; 403
registry:person-step/posts       foreign    POST   302 admin; 403
registry:person-step/posts       missing    POST   404 security admin; 403
registry:person-step/reopen      foreign    POST   302 security; 403
registry:person-step/reopen      missing    POST   404 security admin; 403
registry:person-step/take        foreign    POST   302 security; 403
registry:person-step/take        missing    POST   404 security admin; 403
registry:place                   own        GET    200 @staff; 403
registry:place                   missing    GET    404 @staff; 403
registry:place-correct           own        GET    200 clerk; 403
registry:place-correct           own        POST   302 clerk; 403
registry:place-correct           missing    GET    404 clerk; 403
registry:place-correct           missing    POST   404 clerk; 403
registry:place-new               -          GET    200 clerk; 403
registry:place-new               -          POST   302 clerk; 403
registry:place-step/restore      own        POST   302 clerk; 403
registry:place-step/restore      missing    POST   404 clerk; 403
registry:place-step/retire       own        POST   302 clerk; 403
registry:place-step/retire       missing    POST   404 clerk; 403
registry:places                  -          GET    200 @staff; 403
registry:places-file             -          GET    200 @staff; 403
registry:places-import           -          GET    200 clerk; 403
registry:places-import           -          POST   302 clerk; 403
registry:place-file             -          GET    200 clerk; 403
registry:place-file             missing    GET    404 clerk; 403
registry:place-file-step/confirm -         POST+2 302 clerk; 403
registry:place-file-step/confirm missing   POST   404 clerk; 403
registry:place-file-step/undo   -          POST   302 clerk; 403
registry:place-file-step/undo   missing    POST   404 clerk; 403
registry:privacy                 -          GET    200 out; 200
registry:register                -          GET    200 out; 200
registry:register                -          POST   422 out; 422
registry:register-check          -          POST+0 200 out; 200
registry:register-state          -          GET    200 out; 200
registry:register-state          -          POST   422 out; 422
registry:registered              -          GET    302 out; 302
registry:registration            own        GET    200 clerk; 403
registry:registration            missing    GET    404 clerk; 403
registry:registration-decide/again own        POST   302 clerk; 403
registry:registration-decide/again missing    POST   404 clerk; 403
registry:registration-decide/approve own        POST+4 302 clerk; 403
registry:registration-decide/approve missing    POST   404 clerk; 403
registry:registration-decide/reject own        POST   302 clerk; 403
registry:registration-decide/reject missing    POST   404 clerk; 403
registry:registration-reveal     own        POST   200 clerk; 403
registry:registration-reveal     missing    POST   404 clerk; 403
registry:registrations           -          GET    200 clerk; 403
registry:site                    own        GET    200 clerk; 403
registry:site                    own        POST   302 clerk; 403
registry:site                    foreign    GET    200 clerk; 403
registry:site                    foreign    POST   302 clerk; 403
registry:site                    missing    GET    404 clerk; 403
registry:site                    missing    POST   404 clerk; 403
registry:site-step/confirm       own        POST   302 clerk; 403
registry:site-step/confirm       foreign    POST   302 clerk; 403
registry:site-step/confirm       missing    POST   404 clerk; 403
registry:site-step/main          own        POST   302 clerk; 403
registry:site-step/main          foreign    POST   302 clerk; 403
registry:site-step/main          missing    POST   404 clerk; 403
registry:site-step/remove        own        POST   302 clerk; 403
registry:site-step/remove        foreign    POST   302 clerk; 403
registry:site-step/remove        missing    POST   404 clerk; 403
registry:site-new                own        GET    200 clerk; 403
registry:site-new                own        POST   302 clerk; 403
registry:site-new                foreign    GET    200 clerk; 403
registry:site-new                foreign    POST   302 clerk; 403
registry:site-new                missing    GET    404 clerk; 403
registry:site-new                missing    POST   404 clerk; 403

notices:list                     -          GET    200
notices:bell                     -          GET    200
notices:read-all                 -          POST+0 302
notices:unread-again             -          POST+0 302
notices:open                     own        POST+0 302
notices:open                     foreign    POST   404
notices:open                     missing    POST   404
notices:preferences              -          GET    200
notices:preferences              -          POST   302
notices:address                  -          POST   422
notices:confirm                  -          POST   422
notices:remove                   -          POST   302
notices:outbox                   -          GET    200 admin; 403
notices:robot-new                -          GET    200 admin; 403
notices:robot-new                -          POST   302 admin; 403
notices:outlet-step/test         own        POST   302 admin; 403
notices:outlet-step/test         missing    POST   404 admin; 403
notices:outlet-step/on           own        POST   302 admin; 403
notices:outlet-step/on           missing    POST   404 admin; 403
notices:outlet-step/off          own        POST   302 admin; 403
notices:outlet-step/off          missing    POST   404 admin; 403
notices:outlet-step/remove       own        POST   302 admin; 403
notices:outlet-step/remove       missing    POST   404 admin; 403
notices:messages-step/again      -          POST   302 admin; 403
notices:messages-step/drop       -          POST   302 admin; 403
notices:message-step/again       own        POST   302 admin; 403
notices:message-step/again       missing    POST   409 admin; 403
notices:message-step/drop        own        POST   302 admin; 403
notices:message-step/drop        missing    POST   409 admin; 403

portal:data-class                own        GET    200 security; 403
portal:data-class                missing    GET    404 security; 403
portal:data-protection           -          GET    200 security; 403
portal:data-request              own        GET    200 security; 403
portal:data-request              missing    GET    404 security; 403
portal:data-request-grant        own        POST+4 302 security; 403
portal:data-request-grant        missing    POST   404 security; 403
portal:data-request-refuse       own        POST   302 security; 403
portal:data-request-refuse       missing    POST   404 security; 403
portal:incident                  own        GET    200 security; 403
portal:incident                  own        POST   302 security; 403
portal:incident                  missing    GET    404 security; 403
portal:incident                  missing    POST   404 security; 403
portal:incident-new              -          GET    200 security; 403
portal:incident-new              -          POST   302 security; 403
portal:incident-step/authority   own        POST   422 security; 403
portal:incident-step/authority   missing    POST   404 security; 403
portal:incident-step/not-told    own        POST   302 security; 403
portal:incident-step/not-told    missing    POST   404 security; 403
portal:incident-step/persons     own        POST   422 security; 403
portal:incident-step/persons     missing    POST   404 security; 403
portal:incident-step/settle      own        POST   302 security; 403
portal:incident-step/settle      missing    POST   404 security; 403
portal:incidents                 -          GET    200 security; 403
portal:incidents-file            -          GET+1  200 security; 403
portal:purge                     own        GET    200 security; 403
portal:purge                     missing    GET    404 security; 403
portal:purges                    -          GET    200 security; 403
"""
TABLE = REST + WORK + HALL
