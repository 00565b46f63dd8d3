"""Reading freight-group messages: from one chat text to load and truck cards.

``read_message(text, sent_at, gazetteer)`` is pure: the clock and the home region come in as
arguments. What a message does not say stays empty.
"""
