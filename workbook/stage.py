"""Where a stranger's cells are run, and what they find there.

Cells run as in a kernel, statement by statement, await included. Matplotlib draws, on no screen; what else shows,
keeps or knows something is quiet. What the learner's machine had and this one has not, a package or a style of
pictures, does not stop the cell.
"""
import ast
import codeop
import inspect
import linecache
import sys
import traceback
import types
from collections.abc import Iterable
from importlib import import_module

from lstmlib import cells, gradcheck, model, unroll


class Quiet(types.ModuleType):
    """Stands for what is not here: whatever is asked of it is Quiet, too, and a function that it is to dress stays."""

    given = None

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and inspect.isfunction(args[0]):
            return args[0]                     # @njit
        called = Quiet(self.__name__)
        called.given = next(iter(args), None)
        return called

    def __iter__(self):
        return iter(self.given if isinstance(self.given, Iterable) else (self, self))    # tqdm(range(9)); a, b = …

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def __gt__(self, other):
        return self

    __lt__ = __gt__                            # every(scores) > .9


class Stage:
    """The names that cells share, and how a cell is run among them; asynchronous: whether one may wait."""

    def __init__(self, mine, asynchronous):
        import workbook
        self.checked, quiet = {}, Quiet("quiet")
        ours = {"check": lambda name, answer=None: self.checked.__setitem__(name, answer), "mine": mine}
        ours |= dict.fromkeys("predict quiz board explore slider progress_bar play text_input".split(), quiet)
        rooms = "aid exercises expected progress questions quizzes judge grade plots room widgets waiting explorers"
        for name in rooms.split():
            room = sys.modules[f"workbook.{name}"] = Quiet(f"workbook.{name}")
            vars(room).update(ours)
            setattr(workbook, name, room)
        quiet.version_info = 9, 0                          # matplotlib looks for IPython's
        sys.modules.update(dict.fromkeys("ipywidgets IPython IPython.display".split(), quiet))
        vars(workbook).update(ours, __getattr__=lambda name: quiet)    # what the rooms of the course offer, too
        room = sys.modules["__main__"] = types.ModuleType("__main__")
        vars(room).update(display=quiet, get_ipython=quiet)
        self.names, self.compile = vars(room), codeop.Compile()
        self.loop = import_module("asyncio").new_event_loop() if asynchronous else None      # a fifth of the start
        self.compile.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

    def run(self, k, cell):
        """Runs a cell. Yields (name of the error, its words, the line) for what stopped it, or was passed over."""
        file = f"<cell {k}>"
        lines = cell.splitlines(keepends=True)
        linecache.cache[file] = len(cell), None, lines, file
        try:
            statements = ast.parse(cell, file).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as why:
            statements = []
            yield type(why).__name__, str(why), ""
        for statement in (one for whole in statements for one in _singly(whole)):
            try:
                code = self.compile(ast.Module([statement], []), file, "exec")
                made = eval(code, self.names)
                if code.co_flags & inspect.CO_COROUTINE:
                    self.loop.run_until_complete(made)
            except BaseException as why:                  # sys.exit(), too
                at = [n for frame, n in traceback.walk_tb(why.__traceback__) if frame.f_code.co_filename == file]
                yield type(why).__name__, _words(why), lines[at[0] - 1].strip() if at else ""
                if not self._passed_over(statement, why):
                    break

    def _passed_over(self, statement, why):
        if isinstance(why, ImportError) and isinstance(statement, ast.Import | ast.ImportFrom):
            (one,) = statement.names
            self.names[one.asname or one.name.split(".")[0]] = Quiet(one.name)
            return True
        homes = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(why.__traceback__)]
        return any(home.split(".")[0] == "matplotlib" for home in homes)


def _singly(statement):
    """import a, b as two statements: if there is no a, there may still be b."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return [statement]
    more = {"module": statement.module, "level": statement.level} if isinstance(statement, ast.ImportFrom) else {}
    return [ast.copy_location(type(statement)(names=[one], **more), statement) for one in statement.names]


def _words(why):
    try:
        return str(why)[:300]
    except BaseException:                                 # its __str__ is the learner's
        return "…"


def withhold(owned):
    """lstmlib's own functions of these names are no longer there to be called."""
    def seen(value):
        if isinstance(value, types.FunctionType) and f"{value.__module__}.{value.__name__}" in owned:
            def none(*args):                              # each time another: so fast.py does not stand in for it
                raise NotImplementedError("lstmlib's own is no answer here")
            return none
        if isinstance(value, cells.Cell):
            return value._replace(step=seen(value.step), back=seen(value.back))
        return value

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "lstmlib":
            vars(module).update({key: seen(value) for key, value in vars(module).items()})


def functions():
    """The functions of lstmlib that could be handed in as they are, by name."""
    return {f"{home.__name__}.{name}": found for home in (cells, unroll, model, gradcheck)
            for name, found in vars(home).items()
            if isinstance(found, types.FunctionType) and found.__module__ == home.__name__ and name[0] != "_"}
