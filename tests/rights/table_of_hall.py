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
"""
COMMANDS = """
hall.add_item                     -          clerk
hall.correct_item                 -          clerk
hall.retire_item                  -          clerk
hall.restore_item                 -          clerk
"""
LIKE = """
GET  services               hall:items
POST services               hall:item-new
GET  service                hall:item
POST service-correct        hall:item-correct
POST service-step/retire    hall:item-step/retire
POST service-step/restore   hall:item-step/restore
"""
