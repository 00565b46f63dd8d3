"""Pages of the kernel: the surroundings of every page, and the import of lists."""

from __future__ import annotations

from shuniu.zone.kernel.views.imports import (
    import_columns,
    import_file,
    import_list,
    import_marking,
    import_new,
    import_page,
    import_step,
    import_template,
)
from shuniu.zone.kernel.views.site import (
    YEAR_S,
    bad_request,
    broken,
    choose_language,
    choose_theme,
    csrf_failure,
    forbidden,
    health,
    not_found,
)

__all__ = [
    "YEAR_S",
    "bad_request",
    "broken",
    "choose_language",
    "choose_theme",
    "csrf_failure",
    "forbidden",
    "health",
    "import_columns",
    "import_file",
    "import_list",
    "import_marking",
    "import_new",
    "import_page",
    "import_step",
    "import_template",
    "not_found",
]
