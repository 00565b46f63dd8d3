"""Run the named lints, or all of them."""

from __future__ import annotations

import sys

from tools.lints import ROOT, links, locks, paths, sizes, templates

LINTS = {
    "links": links.complaints,
    "locks": locks.complaints,
    "paths": paths.complaints,
    "sizes": sizes.complaints,
    "templates": templates.complaints,
}


def main(names: list[str]) -> int:
    """Print every complaint; return 1 if there is one."""
    found = [line for name in names or LINTS for line in LINTS[name](ROOT)]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
