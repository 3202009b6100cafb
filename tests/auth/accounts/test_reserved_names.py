"""No user's name hides an address of ours."""

import json
import os
import subprocess
import sys

import pytest

from xatra_auth.accounts.usernames import RESERVED, UsernameNotAllowed, check_username, names_like


@pytest.mark.parametrize("package", ["xatra_api", "xatra_auth"])
def test_every_first_path_segment_of_every_service_is_reserved(package: str) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", package, "openapi"], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True
    ).stdout
    paths = [path.removeprefix("/xatra/api/") for path in json.loads(printed)["paths"]]

    first = {path.split("/")[0] for path in paths} | {"openapi.json", "docs", "map", "lib", "css"}
    assert first - {"{kind}", "{user}"} <= RESERVED


def test_reserved_names_are_refused() -> None:
    for name in RESERVED:
        with pytest.raises(UsernameNotAllowed):
            check_username(name)


@pytest.mark.parametrize(
    ("base", "first", "second"),
    [
        ("asha", "asha", "asha2"),
        ("Asha.Rao", "asha.rao", "asha.rao2"),
        ("asha+maps", "asha-maps", "asha-maps2"),
        ("admin", "admin2", "admin3"),
        ("a", "a-maps", "a-maps2"),
        ("é", "maps2", "maps3"),
        ("x" * 60, "x" * 24, "x" * 24 + "2"),
        ("__", "maps2", "maps3"),
    ],
)
def test_who_does_not_choose_gets_a_name_that_is_allowed(base: str, first: str, second: str) -> None:
    names = names_like(base)

    assert [next(names), next(names)] == [first, second]
    check_username(first)
