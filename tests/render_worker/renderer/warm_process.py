"""A warm process as production has it: it reads requests from standard input and renders each in a fork of itself."""

import base64
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xatra_render_worker.renderer.program import ProgramError, render
from xatra_render_worker.renderer.warm import warm_up
from xatra_render_worker.sandbox import limits
from xatra_shared.bundles import Bundle

_MEMORY_BYTES = 1 << 30  # however much the machine promises


def main() -> None:
    say(sys.stdout.fileno(), asdict(warm_up(Path.home(), int(sys.argv[1]))))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            size_bytes = limits.address_space_bytes()
            limits.apply_for_job(cpu_seconds=60, address_space_bytes=size_bytes + _MEMORY_BYTES)
            say(1, rendered(**json.loads(line)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:  # it has said why, and nothing to whoever waits for it
            sys.exit(os.waitstatus_to_exitcode(status))


def rendered(program: str, files: dict[str, str], bundle: Bundle | None = None) -> dict[str, Any]:
    descriptors = {name: os.open(path, os.O_RDONLY) for name, path in files.items()}
    printed: list[str] = []
    outcome: dict[str, Any] = {"html": "", "error": None}
    try:
        page = render(program, descriptors, printed.append, bundle)
    except ProgramError as problem:
        outcome |= {"error": asdict(problem.author_error), "warnings": problem.warnings}
    else:
        outcome |= {"html": base64.b64encode(page.html).decode(), "warnings": page.warnings}
    return outcome | {"printed": "".join(printed)}


def say(descriptor: int, answer: dict[str, Any]) -> None:
    left = memoryview(json.dumps(answer).encode() + b"\n")
    while left:
        left = left[os.write(descriptor, left) :]


if __name__ == "__main__":
    main()
