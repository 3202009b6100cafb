"""What the machine gives is found out and told, and too little is a refusal that says what to do."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.render_worker.sandbox.conftest import EVERYTHING, KERNELS_OWN

from xatra_render_worker.sandbox.landlock import landlock_abi
from xatra_render_worker.sandbox.probe import Mode, SandboxMissingError, probe, readable_paths


def test_this_kernel_gives_everything():
    sandbox = probe(Mode.REQUIRED, ())
    assert (sandbox.landlock_abi, sandbox.seccomp, sandbox.holds) == (KERNELS_OWN, True, True)
    sandbox.require()


def test_the_version_of_landlock_can_be_capped():
    assert probe(Mode.REQUIRED, (), max_landlock_abi=4).landlock_abi == 4
    assert probe(Mode.REQUIRED, (), max_landlock_abi=1000).landlock_abi == landlock_abi()


def test_required_refuses_to_do_without_landlock():
    with pytest.raises(SandboxMissingError, match=r"lacks Landlock .* SANDBOX=gvisor"):
        replace(EVERYTHING, landlock_abi=0).require()


@pytest.mark.parametrize("mode", [Mode.REQUIRED, Mode.GVISOR])
def test_nothing_but_off_does_without_seccomp(mode: Mode):
    with pytest.raises(SandboxMissingError, match="seccomp"):
        replace(EVERYTHING, mode=mode, seccomp=False).require()


def test_gvisor_does_without_landlock():
    sandbox = replace(EVERYTHING, mode=Mode.GVISOR, landlock_abi=0)
    sandbox.require()
    assert sandbox.holds


def test_off_uses_nothing_and_says_that_it_does_not_hold():
    sandbox = probe(Mode.OFF, ())
    sandbox.require()
    assert (sandbox.landlock_abi, sandbox.seccomp, sandbox.own_user, sandbox.holds) == (0, False, False, False)


def test_children_get_no_user_of_their_own_that_could_not_read_what_renders_need(tmp_path: Path):
    tmp_path.chmod(0o700)
    assert not probe(Mode.REQUIRED, (tmp_path,)).own_user


def test_what_renders_read_is_neither_everything_nor_the_data_directory(map_data: Path):
    readable = readable_paths(map_data)
    assert not {Path("/"), Path("/usr"), Path("/etc"), Path("/proc"), map_data, map_data.parent} & set(readable)
    assert not any(map_data.is_relative_to(path) for path in readable)
