"""Words and addresses that never vary are kept for each language and place, others are not."""

from __future__ import annotations

from collections.abc import Callable

from django.template import Context, Template
from django.urls import set_script_prefix
from django.utils import translation


def in_each_language(template: str, **context: object) -> list[str]:
    """Return what one template says in Chinese, in English, and in Chinese again."""
    compiled = Template("{% load i18n %}" + template)
    said: list[str] = []
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            said.append(compiled.render(Context(context)))
    return said


def test_a_fixed_word_is_said_in_the_language_of_the_moment() -> None:
    assert in_each_language("{% translate 'Light' context 'theme' %}") == ["浅色", "Light", "浅色"]


def test_a_fixed_word_can_be_kept_under_a_name() -> None:
    said = in_each_language("{% translate 'Sign out' as words %}-{{ words }}-")

    assert said == ["-退出登录-", "-Sign out-", "-退出登录-"]


def test_a_word_of_the_context_is_looked_up_each_time() -> None:
    template = Template("{% load i18n %}{% translate word %}")

    with translation.override("en"):
        said = [template.render(Context({"word": word})) for word in ("one", "two")]

    assert said == ["one", "two"]


def test_a_fixed_address_follows_the_place_that_the_product_is_mounted_at() -> None:
    template = Template("{% url 'accounts:sign-in' %}")
    try:
        said = [rendered_at(place, template.render) for place in ("/", "/hub/", "/")]
    finally:
        set_script_prefix("/")

    assert said == ["/sign-in/", "/hub/sign-in/", "/sign-in/"]


def test_an_address_with_a_place_is_worked_out_each_time() -> None:
    template = Template("{% url 'desk:case-page' key %}")

    assert [template.render(Context({"key": key})) for key in (1, 2)] == ["/cases/1/", "/cases/2/"]


def rendered_at(place: str, render: Callable[[Context], str]) -> str:
    set_script_prefix(place)
    return render(Context())
