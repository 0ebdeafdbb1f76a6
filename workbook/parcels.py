"""Values as text, between a process that is trusted and one that is not: JSON, with arrays, tuples and references.

Nothing is run when a text is read, whoever wrote it.
"""
import base64
import builtins
import collections
import keyword
import re
import types

import numpy as np

from lstmlib import cells

LONGEST = 16_000_000                         # bytes of one message
NUMBERS = r"[<>|][biufc]\d+"                # dtypes
TUPLES = {t.__name__: t for t in vars(cells).values() if isinstance(t, type) and hasattr(t, "_fields")}


class Foreign:
    """Something that is no number, array or collection of them; only the name of its type has come across."""

    def __init__(self, kind):
        self.kind = kind

    def __repr__(self):
        return f"<{self.kind}>"


def pack(value, refer=None):
    """A value as JSON can hold it. refer(value) is asked for a number that stands for anything else."""
    if value is None or isinstance(value, bool | str | int | float) and type(value).__module__ == "builtins":
        return value
    if isinstance(value, complex) and type(value) is complex:
        return {"complex": [value.real, value.imag]}
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufc":
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"array": [value.dtype.str, list(value.shape), data, isinstance(value, np.generic)]}
    if isinstance(value, list):
        return [pack(v, refer) for v in value]
    if isinstance(value, tuple):
        return {"tuple": [pack(v, refer) for v in value], "fields": list(getattr(value, "_fields", ())),
                "name": type(value).__name__}
    if isinstance(value, dict):
        return {"dict": [[pack(k, refer), pack(v, refer)] for k, v in value.items()]}
    if isinstance(value, np.random.Generator) and isinstance(value.bit_generator, np.random.PCG64):
        return {"generator": pack(value.bit_generator.state)}
    if refer and (number := refer(value)) is not None:
        return {"ref": number}
    if hasattr(value, "__dict__") and not callable(value) and not isinstance(value, types.ModuleType):
        return {"object": {k: pack(v) for k, v in vars(value).items() if plain(k)}}
    return {"foreign": type(value).__name__}


def unpack(text, resolve=None):
    """The value that pack wrote; resolve(number) gives what a reference means. ValueError for other texts."""
    match text:
        case list():
            return [unpack(v, resolve) for v in text]
        case {"complex": [real, imag]}:
            return complex(real, imag)
        case {"array": [str(kind), list(shape), str(data), bool(scalar)]} if re.fullmatch(NUMBERS, kind):
            array = np.frombuffer(base64.b64decode(data), kind).reshape(shape).copy()
            return array[()] if scalar else array
        case {"tuple": list(items), "fields": list(fields), "name": str(name)}:
            items = [unpack(v, resolve) for v in items]
            if not fields:
                return tuple(items)
            if len(items) != len(fields) or not all(isinstance(f, str) and plain(f) for f in fields):
                raise ValueError("a named tuple with strange names")
            known = TUPLES.get(name, tuple)
            if list(getattr(known, "_fields", ())) != fields:
                known = collections.namedtuple("Named", fields)
            return known(*items)
        case {"dict": list(items)}:
            return {unpack(k): unpack(v, resolve) for k, v in items}
        case {"generator": state}:
            rng = np.random.default_rng(0)
            rng.bit_generator.state = unpack(state)
            return rng
        case {"ref": int(number)} if resolve:
            return resolve(number)
        case {"object": dict(fields)} if all(map(plain, fields)):
            return types.SimpleNamespace(**{k: unpack(v) for k, v in fields.items()})
        case {"foreign": str(kind)}:
            return Foreign(kind)
        case None | bool() | int() | float() | str():
            return text
    raise ValueError("a message that pack did not write")


def plain(name):
    """Whether a name is an ordinary one: no keyword, no underscore before it."""
    return name.isidentifier() and not name.startswith("_") and not keyword.iskeyword(name)


def error(kind, text):
    """An exception of Python's own with this name and text, or a RuntimeError that says both."""
    made = getattr(builtins, str(kind), None)
    if isinstance(made, type) and issubclass(made, Exception) and not issubclass(made, UnicodeError):
        return made(text)
    return RuntimeError(f"{kind}: {text}")
