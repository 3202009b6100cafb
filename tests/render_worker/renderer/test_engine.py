"""The engine's version is known without the library, and says when an artefact could come out otherwise."""

import re
import subprocess
import sys

from xatra_render_worker.renderer.engine import engine_version


def test_the_engine_s_version_is_the_library_s_and_a_hash() -> None:
    assert re.fullmatch(r"2\.16\.2\+[0-9a-f]{12}", engine_version())


def test_every_process_has_the_same_engine_version_and_needs_no_map_library_for_it() -> None:
    code = (
        "import sys\nfrom xatra_render_worker.renderer.engine import engine_version\n"
        "print(engine_version(), 'xatra' in sys.modules, 'matplotlib' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == f"{engine_version()} False False\n"
