"""What several notebooks train alike is trained once: a record of it is kept, and played to the others.

Training hangs on the first weights, the cell, the loss, the rates and the batches, and on nothing else. A
record is found by all of these: by the first batch, and by what draws them, where that is a function of ours
and the data that it holds. Where it is not, they are drawn anew, and an update is played only if all batches
up to it are, byte for byte, the recorded ones; and so must the weights be that it finds, should somebody have
touched them since the last one. Where the record ends, or something differs, the training is done after all,
from its first update on: nobody can tell the difference. A record is right for one lstmlib on one machine: its
folder must not outlive the test.
"""
import os
import sys
from contextlib import suppress
from functools import wraps
from hashlib import blake2b
from itertools import chain, islice, repeat, tee
from pathlib import Path
from types import CodeType, FunctionType

import numpy as np

from lstmlib.model import Step, adam

OURS = "lstmlib.", "workbook.", "course."          # whose functions are the same in every notebook
MOST = 51_000                    # weights; of larger models, the record of each update would fill a disk


def shared(train, folder):
    """A train that yields and leaves the same: it plays a record that the folder has, or else makes it."""
    @wraps(train)
    def play_or_train(model, task, B=32, lr=1e-2, max_norm=1.0, seed=0, optimizer=adam):
        how, weights = (B, lr, max_norm, seed, optimizer), [w for p in model.params for w in p.values()]
        first, found_by, marks = flat(weights), blake2b(digest_size=16), []
        draws, (stream, afresh) = task.batches, tee(task.batches(np.random.default_rng(seed), B))
        task = task._replace(batches=lambda rng, B: afresh)
        stream = marked(stream, marks)
        try:
            if not hasattr(model, "cell") or sum(w.size for w in weights) > MOST:
                raise TypeError("too much data, or a room's own network")
            start = [*islice(stream, 1)]
            feed(found_by, [type(model), model.cell, model.params, type(task), task.loss, marks, *how])
        except TypeError:
            del stream                               # or it remembers every batch
            return (yield from train(model, task, *how))
        with suppress(TypeError, ValueError, RecursionError):        # a notebook's own, or it holds more than data
            feed(found_by, draws)
            stream = repeat(None)                    # no need to draw any other
        path, played, now, touched = Path(folder) / found_by.hexdigest(), 0, first, {}
        record = read(path)
        for (mark, loss, norm, before, w, s), drawn in zip(zip(*record), chain(start, stream)):
            if (drawn and marks[-1] != mark.tobytes()) or before.tobytes() != digest(now):
                break
            put(weights, w.tobytes())
            played += 1
            yield Step(float(loss), float(norm), [model.cell.state(*layer) for layer in s])
            now = flat(weights)
            if now != w.tobytes():
                touched[played] = now
        del stream

        rows, before, another = [], first, played < len(record[0])
        put(weights, first)
        del marks[:]
        task = task._replace(batches=lambda rng, B: marked(afresh, marks))
        try:
            for k, step in enumerate(train(model, task, *how), 1):
                rows.append((marks[-1], step.loss, step.norm, digest(before), flat(weights), np.array(step.s)))
                if k > played:
                    yield step
                elif k == played or k in touched:
                    put(weights, now if k == played else touched[k])
                before = flat(weights)
        finally:
            if rows and (another or len(rows) > len(read(path)[0])):       # as it is by now
                keep(path, rows)

    return play_or_train


def flat(arrays):
    """The bytes of all arrays."""
    return b"".join(w.tobytes() for w in arrays)


def digest(data):
    """What stands for so many bytes in a record."""
    return blake2b(data, digest_size=16).digest()


def put(arrays, data):
    """Puts the bytes that flat has made back in their places."""
    at = 0
    for w in arrays:
        w[...] = np.frombuffer(data, w.dtype, w.size, at).reshape(w.shape)
        at += w.nbytes


def marked(batches, marks):
    """The batches as they come; marks gets a digest of all up to each."""
    so_far = blake2b(digest_size=16)
    for batch in batches:
        feed(so_far, batch)
        marks.append(so_far.digest())
        yield batch


def feed(so_far, thing):
    """Adds to a digest what a thing is; TypeError if it is neither data nor code of lstmlib."""
    if isinstance(thing, np.ndarray) and not thing.dtype.hasobject:
        so_far.update(f"{thing.dtype}{thing.shape}".encode() + thing.tobytes())
    elif isinstance(thing, tuple | list | dict):
        so_far.update(f"{type(thing).__name__}{len(thing)}".encode())
        for part in thing.items() if isinstance(thing, dict) else thing:
            feed(so_far, part)
    elif isinstance(thing, FunctionType) and ours_within(thing):
        so_far.update(f"{thing.__module__}.{thing.__qualname__}:{thing.__code__.co_firstlineno} ".encode())
        feed(so_far, [cell.cell_contents for cell in thing.__closure__ or ()])
        feed(so_far, [thing.__defaults__, thing.__kwdefaults__])
    elif ours(thing):
        so_far.update(f"{thing.__module__}.{thing.__qualname__} ".encode())
    elif isinstance(thing, str | bytes | int | float | np.generic | None):
        so_far.update(f"{thing!r} ".encode())
    else:
        raise TypeError(f"{thing!r} is neither data nor code of lstmlib")


def ours_within(function):
    """Whether it was made inside a function of ours, by the very code that stands there."""
    outer, inner, _ = function.__qualname__.partition(".<locals>")
    codes = [getattr(found(function.__module__, outer), "__code__", None)] if inner else []
    for code in codes:
        codes += [part for part in getattr(code, "co_consts", ()) if isinstance(part, CodeType)]
    return any(code is function.__code__ for code in codes) and (
        function.__globals__ is vars(sys.modules[function.__module__]))


def ours(thing):
    """Whether it is the very thing that stands under its name in our code: a notebook may make another of that name."""
    return thing is not None and found(getattr(thing, "__module__", ""), getattr(thing, "__qualname__", "?")) is thing


def found(module, path):
    """What stands under a path of names in a module of ours; None if there is none."""
    thing = sys.modules[module] if (module or "").startswith(OURS) else None
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return thing


def keep(path, rows):
    """Puts a record in its place in one go, so that it is never half there."""
    marks, losses, norms, before, weights, states = zip(*rows)
    if len({s.shape for s in states}) == 1:
        part = path.with_suffix(f".{os.getpid()}")
        with part.open("wb") as file:
            np.savez(file, np.frombuffer(b"".join(marks), "V16"), losses, norms, np.frombuffer(b"".join(before), "V16"),
                     np.frombuffer(b"".join(weights), np.uint8).reshape(len(rows), -1), states)
        with suppress(PermissionError):      # on Windows, while another kernel reads the shorter one
            part.replace(path)


def read(path):
    """The columns of a record: marks, losses, norms, digests of weights before, weights, states; or an empty one."""
    if not path.exists():
        return [[]]
    with np.load(path) as file:
        return [file[name] for name in file.files]
