"""Where the marks of a class go: JSON."""
import json


def write(rows, options):
    """Writes what the options ask for; rows: (what JSON holds of a submission, its Grades), in their order."""
    if options.json:
        _whole(options.json, json.dumps([row for row, _ in rows], indent=1, ensure_ascii=False))


def _whole(path, text):
    """A whole file or none; what is no file (/dev/stdout) is written to."""
    part = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        if part != path:
            part.unlink(missing_ok=True)
