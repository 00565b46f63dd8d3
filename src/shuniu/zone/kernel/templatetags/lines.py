"""The tag ``lines``: a loop over rows of a list, worked out once for all of them.

Between ``{% lines row in rows %}`` and ``{% endlines %}`` stand words, tags that say the same for
each line, ``if`` about the page, and fields of the row, escaped as everywhere: ``{{ row.text }}``.
What differs in another way (filters, tags, conditions on a row) belongs to where the rows are made;
the tag refuses it when the template is read. A long list costs a tenth of what it would by ``for``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import cast

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Parser,
    TextNode,
    Token,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode

from shuniu.zone.kernel.templatetags.markup import escaped

register = template.Library()
# Two names that every row has: of one field alone, attrgetter would return no tuple.
NEVER_ONE = ("__class__", "__class__")
FORM = re.compile(r"lines (\w+) in (\w+)")


class LinesNode(Node):
    """The lines of a list."""

    def __init__(self, name: str, rows: FilterExpression, nodelist: NodeList) -> None:
        self.name, self.rows, self.nodelist = name, rows, nodelist

    def render(self, context: Context) -> str:
        """Return every row written into the one pattern of a line."""
        fields: list[str] = []
        pattern = "".join(self._pattern(self.nodelist, context, fields))
        values_of = attrgetter(*NEVER_ONE, *fields)
        rows = cast("Iterable[object]", self.rows.resolve(context))
        return "".join([
            pattern % tuple([_shown(value, context) for value in values_of(row)[len(NEVER_ONE) :]])
            for row in rows
        ])  # fmt: skip

    def _pattern(self, nodes: NodeList, context: Context, fields: list[str]) -> Iterator[str]:
        """Yield the parts of a line; fields of the row are noted and left open."""
        for node in nodes:
            field = _field(self.name, node)
            if field:
                fields.append(field)
                yield "%s"
            elif isinstance(node, IfNode):
                yield from self._pattern(_chosen(node, context), context, fields)
            else:
                yield str(node.render_annotated(context)).replace("%", "%%")


@register.tag
def lines(parser: Parser, token: Token) -> Node:
    """Read the tag and refuse what differs from line to line in another way than by a field."""
    form = FORM.fullmatch(token.contents)
    if form is None:
        raise TemplateSyntaxError("Write it as: lines row in rows")
    nodelist = parser.parse(("endlines",))
    parser.delete_first_token()
    _check(form[1], nodelist)
    return LinesNode(form[1], parser.compile_filter(form[2]), nodelist)


def _check(name: str, nodes: NodeList) -> None:
    """Raise TemplateSyntaxError for what a line cannot hold."""
    for node in nodes:
        if isinstance(node, TextNode) or _field(name, node):
            continue
        words = node.token.contents if node.token else ""
        if re.search(rf"\b{name}\b", words):
            raise TemplateSyntaxError(f"{words!r} differs from line to line")
        if isinstance(node, IfNode):
            (_condition, chosen), *others = node.conditions_nodelists
            if len(others) > 1 or any(condition is not None for condition, _ in others):
                raise TemplateSyntaxError(f"{words!r} has more than two ways")
            for nodelist in (chosen, *(nodelist for _, nodelist in others)):
                _check(name, nodelist)
        elif any(hasattr(node, part) for part in node.child_nodelists):
            raise TemplateSyntaxError(f"A line cannot hold {words!r}")


def _chosen(node: IfNode, context: Context) -> NodeList:
    """Return what stands in the branch of a condition on the page."""
    for condition, nodelist in node.conditions_nodelists:
        if condition is None or condition.eval(context):  # type: ignore[arg-type]  # Django's own call
            return nodelist
    return NodeList()


def _field(name: str, node: Node) -> str:
    """Return the field of the row that a node shows as it is; empty if it shows anything else."""
    if not isinstance(node, VariableNode) or node.filter_expression.filters:
        return ""
    var = node.filter_expression.var
    is_field = isinstance(var, Variable) and var.lookups and var.lookups[0] == name
    return var.lookups[1] if is_field and len(var.lookups) == 2 else ""


def _shown(value: object, context: Context) -> str:
    """Return a value as ``{{ }}`` shows it, by a shorter way where it is text."""
    if isinstance(value, str):
        return escaped(value)
    return render_value_in_context(value, context)
