"""Imports every module of a package, to show that the dependencies that it declares are all that it needs."""

import importlib
import os
import pkgutil
import sys
import tempfile
import warnings

# The map library warns where it finds no map data, which is none of our business here.
warnings.filterwarnings("ignore", message="\n=")
os.environ["HOME"] = tempfile.gettempdir()

package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
    if not module.name.endswith(("__main__", ".env")) and ".versions." not in module.name:
        importlib.import_module(module.name)
