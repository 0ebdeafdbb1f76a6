"""python -m workbook COMMAND WORDS…      build, progress, grade, or what a room answers, such as cheatsheet"""
import sys
from importlib import import_module, util

from .room import gathered

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")                  # a console without ✓ is no reason to fail
    sys.modules["rfc3987_syntax"] = None                      # a grammar that jsonschema would read, for seconds
    command, *words = sys.argv[1:] or ["?"]
    found = import_module(f"workbook.{command}") if util.find_spec(f"workbook.{command}") else gathered(command)
    sys.exit(found.main(words) if hasattr(found, "main") else __doc__)
