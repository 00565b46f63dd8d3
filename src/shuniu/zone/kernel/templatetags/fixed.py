"""Django's tags ``translate`` and ``url``, quicker where what they say never varies.

A page has some hundred fixed words and addresses. Each is worked out once for each language, or
each place that the product is mounted at; what depends on the context is left to Django.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from django import template
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.defaulttags import url as parse_url
from django.templatetags import i18n
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class FixedNode(Node):
    """A tag that says the same until ``varies_with`` says something else."""

    child_nodelists = ()

    def __init__(self, tag: Node, varies_with: Callable[[], Hashable], asvar: str | None) -> None:
        self.tag, self.varies_with, self.asvar = tag, varies_with, asvar
        self.said: dict[Hashable, str] = {}

    def render(self, context: Context) -> str:
        key = self.varies_with()
        words = self.said.get(key)
        if words is None:
            words = self.said[key] = self.tag.render(context)
        if self.asvar is None:
            return words
        context[self.asvar] = words
        return ""


def translate(parser: Parser, token: Token) -> Node:
    """Return Django's ``translate``, or one that looks its fixed words up once."""
    tag = i18n.do_translate(parser, token)
    if tag.noop or not _is_fixed(tag.filter_expression) or not _is_fixed(tag.message_context):
        return tag
    asvar, tag.asvar = tag.asvar, None
    return FixedNode(tag, get_language, asvar)


register.tag("translate", translate)
register.tag("trans", translate)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Return Django's ``url``, or one that works out an address without places once."""
    tag = parse_url(parser, token)
    if tag.args or tag.kwargs or not _is_fixed(tag.view_name):
        return tag
    asvar, tag.asvar = tag.asvar, None
    return FixedNode(tag, get_script_prefix, asvar)


def _is_fixed(expression: FilterExpression | None) -> bool:
    """Return whether an expression is a word in quotes, or is not there."""
    if expression is None:
        return True
    if expression.filters:
        return False
    var = expression.var
    return var.literal is not None if isinstance(var, Variable) else isinstance(var, str)
