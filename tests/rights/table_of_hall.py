"""The tables of rights of the service hall: addresses, commands, operations of the API."""

from __future__ import annotations

HALL = """
hall:items                       -          GET    200 @firm @staff; 403
hall:items-xlsx                  -          GET    200 @staff; 403
hall:item                        own        GET    200 @firm @staff; 403
hall:item                        missing    GET    404 @firm @staff; 403
hall:item-new                    -          GET    200 clerk; 403
hall:item-new                    -          POST   302 clerk; 403
hall:item-correct                own        GET    200 clerk; 403
hall:item-correct                own        POST   302 clerk; 403
hall:item-correct                missing    GET    404 clerk; 403
hall:item-correct                missing    POST   404 clerk; 403
hall:item-step/retire            own        POST   302 clerk; 403
hall:item-step/retire            missing    POST   404 clerk; 403
hall:item-step/restore           own        POST   302 clerk; 403
hall:item-step/restore           missing    POST   404 clerk; 403

hall:queue                       -          GET    403 @firm @outside @admins reader; 200
hall:ticket-new                  -          POST   302 clerk officer; 403
hall:call-next                   -          POST   302 clerk officer handler discip; 403
hall:ticket-step/again           own        POST   302 clerk officer handler discip; 403
hall:ticket-step/again           missing    POST   404 clerk officer handler discip; 403
hall:ticket-step/done            own        POST   302 clerk officer handler discip; 403
hall:ticket-step/done            missing    POST   404 clerk officer handler discip; 403
hall:ticket-step/skip            own        POST   302 clerk officer handler discip; 403
hall:ticket-step/skip            missing    POST   404 clerk officer handler discip; 403
hall:ticket-step/move            own        POST   302 clerk officer handler discip; 403
hall:ticket-step/move            missing    POST   404 clerk officer handler discip; 403
hall:ticket                      own        GET    200 out; 200
hall:ticket                      missing    GET    404 out; 404
hall:screen                      own        GET    200 out; 200
hall:screen                      missing    GET    404 out; 404
hall:terminal                    own        GET    200 out; 200
hall:terminal                    own        POST+1 302 out; 302
hall:terminal                    missing    GET    404 out; 404
hall:terminal                    missing    POST   404 out; 404
hall:keys                        -          GET    200 clerk; 403
hall:keys                        -          POST   200 clerk; 403
hall:key-end                     own        POST   302 clerk; 403
hall:key-end                     missing    POST   404 clerk; 403
"""
COMMANDS = """
hall.add_item                     -          clerk
hall.correct_item                 -          clerk
hall.retire_item                  -          clerk
hall.restore_item                 -          clerk
hall.take_ticket                  own        clerk officer
hall.take_ticket                  foreign    clerk officer
hall.call_next                    -          clerk officer handler discip
hall.call_again                   -          clerk officer handler discip
hall.finish_ticket                -          clerk officer handler discip
hall.skip_ticket                  -          clerk officer handler discip
hall.move_ticket                  -          clerk officer handler discip
hall.make_hall_key                -          clerk
hall.end_hall_key                 -          clerk
"""
LIKE = """
GET  services               hall:items
POST services               hall:item-new
GET  service                hall:item
POST service-correct        hall:item-correct
POST service-step/retire    hall:item-step/retire
POST service-step/restore   hall:item-step/restore
GET  queue                  hall:queue
POST tickets                hall:ticket-new
POST call-next              hall:call-next
POST ticket-step/again      hall:ticket-step/again
POST ticket-step/done       hall:ticket-step/done
POST ticket-step/skip       hall:ticket-step/skip
POST ticket-step/move       hall:ticket-step/move
GET  hall-keys              hall:keys
POST hall-keys              hall:keys
POST hall-key-end           hall:key-end
"""
