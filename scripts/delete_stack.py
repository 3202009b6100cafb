"""Deletes a stack with everything that it keeps, once its name has been typed: `delete_stack.py xatra`.

It finds containers, networks and volumes by the label that the production stack puts on its own, and touches nothing
else. Python's standard library alone, so that it runs wherever there is a Python.
"""

import subprocess
import sys
from typing import Final

# How each kind is listed, and removed. In this order: what is in use cannot be removed.
_KINDS: Final = {
    "container": (["ps", "--all", "--format", "{{.Names}}"], ["rm", "--force"]),
    "network": (["network", "ls", "--format", "{{.Name}}"], ["network", "rm"]),
    "volume": (["volume", "ls", "--format", "{{.Name}}"], ["volume", "rm"]),
}


def main() -> None:
    """Show what there is, ask for the name, and delete."""
    stack = sys.argv[1]
    found = {
        kind: _docker(*listing, "--filter", f"label=org.xatra.stack={stack}") for kind, (listing, _) in _KINDS.items()
    }
    if not any(found.values()):
        sys.exit(f"There is nothing of a stack called {stack}.")
    for kind, names in found.items():
        print(f"{kind}s: {', '.join(names) or 'none'}")
    print("With the volumes go all accounts, maps, drafts and uploaded files. Nothing brings them back but a backup.")
    print(f"Type {stack} to delete all of this: ", end="", flush=True)
    if sys.stdin.readline().strip() != stack:
        sys.exit("\nNothing was deleted.")
    for kind, (_, removing) in _KINDS.items():
        if found[kind]:
            _docker(*removing, *found[kind])
    print("\nIt is gone.")


def _docker(*words: str) -> list[str]:
    result = subprocess.run(["docker", *words], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603, S607 - the operator's own Docker
    if result.returncode:
        sys.exit("Docker refused; the reason stands above.")
    return sorted(result.stdout.split())


if __name__ == "__main__":
    main()
