"""The playground's scripts, run as they are by Node or Chromium, and what they must have in common with the library.

run(code, data) is what `code`, a function of `data`, returns of them.
"""
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from lstmlib import tasks
from lstmlib.cells import LSTM, RNN, hold
from lstmlib.model import Model, train
from workbook import playground

HERE = Path(playground.__file__).parent
NODE = shutil.which("node")


def _script(code, data, use):
    """The engine, the tasks, and `use` of what the code returns, as text."""
    scripts = "".join((HERE / name).read_text(encoding="utf-8") for name in ("engine.js", "tasks.js"))
    plain = "(_, v) => ArrayBuffer.isView(v) ? Array.from(v) : v"
    return f"{scripts}\n{use}(JSON.stringify(({code})({json.dumps(data)}), {plain}))"


def _said_by_node(script):
    """The JSON that a script prints."""
    if NODE is None:
        pytest.skip("no Node on this machine; the browser tests run the same in Chromium")
    done = subprocess.run([NODE, "-"], input=script, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def node(code, data=None):
    """By Node."""
    return _said_by_node(_script(code, data, "console.log"))


def on_stage(scripts, given, code):
    """What `code`, an expression, is once scripts have run on stage.js, a page of which they find `given`; by Node."""
    stage = Path(__file__).with_name("stage.js").read_text(encoding="utf-8")
    return _said_by_node(f"const given = {json.dumps(given)};\n{stage}\n{scripts}\n"
                         f"(async () => console.log(JSON.stringify(await ({code}))))();")


def chromium(page):
    """In an open page."""
    return lambda code, data=None: json.loads(page.evaluate(f"() => {{ {_script(code, data, 'return ')} }}"))


# --- both engines, on the same ----------------------------------------------------------------------------------

TASKS = {"recall": tasks.recall(30), "account": tasks.account(), "marked": tasks.marked_symbol(),
         "secret": tasks.secret()}
CASES = [(RNN, "recall", {}), (RNN, "account", {}), (LSTM, "recall", {}), (LSTM, "account", {"f": .9}),
         (LSTM, "marked", {"i": 1, "o": .3}), (LSTM, "secret", {"o": 0})]
SAME = """({cell, H, params, batches, held, lr, name}) => {
  const typed = ({W, b}) => ({W: new Float64Array(W), b: new Float64Array(b)});
  const model = {cell: Engine[cell], H, params: params.map(typed)};
  const task = Tasks[name](), update = Engine.adam(model.params, lr);
  const read = ({x, target, mask, B}) => ({B, x: x.map(row => new Float64Array(row)), target, mask});
  const first = read(batches[0]), trace = Engine.forward(model, first, held), {loss, dy} = task.loss(trace.y, first);
  const {grads, blamed} = Engine.backward(model, trace, dy, held), score = task.score(trace.y, first);
  const tape = trace.tape.map(({h, c, f, i, o, g}) => ({h, c, f, i, o, g}));
  return {y: trace.y, tape, loss, score, blamed, grads, params: model.params,
          losses: batches.map(batch => Engine.learn(model, update, read(batch), task.loss, held))};
}"""
DRAW = """({name, B}) => {
  const task = Tasks[name](), random = Engine.random(3), batch = task.draw(random, B);
  const y = batch.x.map(x => new Float64Array(task.K * B).map(random.normal));
  return {...batch, y, D: task.D, K: task.K, loss: task.loss(y, batch).loss, score: task.score(y, batch)};
}"""


def rows(params):
    """A model's weights as the page has them."""
    cell, out = params
    return [{"W": cell["W"].ravel().tolist(), "b": cell["b"].ravel().tolist()},
            {"W": out["V"].ravel().tolist(), "b": out["b_y"].ravel().tolist()}]


def flat(weights):
    return np.concatenate([np.concatenate([p["W"], p["b"]]) for p in weights])


def same_numbers(run, cell, name, held):
    """Forward, loss, score, the way back, and ten updates: both engines, from the same weights, on the same batches."""
    task, B, H, lr = TASKS[name], 5, 6, .02
    model = Model(cell, task.D, H, task.K, seed=4, dtype=np.float64, forget_bias=2)
    stream = task.batches(np.random.default_rng(0), B)
    batches = [next(stream) for _ in range(10)]
    answers = [batch.target.reshape(-1, B).tolist() for batch in batches]
    given = [{"x": batch.x.reshape(len(batch.x), -1).tolist(), "target": target, "mask": batch.mask.tolist(), "B": B}
             for batch, target in zip(batches, answers)]
    found = run(SAME, {"cell": cell.name, "H": H, "params": rows(model.params), "batches": given, "held": held,
                       "lr": lr, "name": name})
    model.cell = hold(cell, **held) if held else cell
    first = batches[0]
    trace = model(first.x)
    loss, dy = task.loss(trace.y, first.target, first.mask)
    grads = model.gradients(trace, dy)[0]
    pairs = [(found["y"], trace.y), (found["loss"], loss), (flat(found["grads"]), flat(rows(grads))),
             (found["score"], task.score(trace.y, first.target, first.mask))]
    for gate in trace.runs[0].tape._fields:
        if gate in "hcfiog":
            pairs.append(([moment[gate] for moment in found["tape"]], getattr(trace.runs[0].tape, gate)))
    endless = iter(batches)
    steps = list(train(model, task._replace(batches=lambda rng, B: endless), B, lr))
    pairs += [(found["losses"], [step.loss for step in steps]), (flat(found["params"]), flat(rows(model.params)))]
    for mine, theirs in pairs:
        np.testing.assert_allclose(np.ravel(mine), np.ravel(theirs), rtol=1e-10, atol=1e-10)


def the_task(run, name):
    """A batch drawn by the page is one of the library's task: x, the right answers, what counts, loss and score."""
    B, task = 400, TASKS[name]
    found = run(DRAW, {"name": name, "B": B})
    x = np.array(found["x"]).reshape(-1, task.D, B)
    mask, y = np.array(found["mask"]), np.array(found["y"]).reshape(len(x), task.K, B)
    target = np.array(found["target"])
    theirs = next(task.batches(np.random.default_rng(1), B))
    assert (found["D"], found["K"], x.shape) == (task.D, task.K, theirs.x.shape)
    assert (mask == theirs.mask).all()
    np.testing.assert_array_equal(target[mask > 0], right(name, x)[mask > 0])
    np.testing.assert_allclose(right(name, theirs.x)[mask > 0], theirs.target.reshape(mask.shape)[mask > 0], atol=1e-5)
    answers = target[:, None] if task.K == 1 else target.astype(int)
    np.testing.assert_allclose(found["loss"], task.loss(y, answers, mask)[0], rtol=1e-10)
    np.testing.assert_allclose(found["score"], task.score(y, answers, mask), rtol=1e-10)
    if name != "recall":                       # there the first moment differs from the others
        ours, others = (np.stack([q.mean((0, 2)), q.std((0, 2))]) for q in (x, theirs.x))
        np.testing.assert_allclose(ours, others, atol=.02)
    else:
        np.testing.assert_allclose(x[1:, 4:].std(), 2, atol=.03)
        np.testing.assert_allclose(x[0, :4].mean(1), 1 / 4, atol=.08)


def right(name, x):
    """The answers to x (T, D, B), worked out afresh from the words of the task."""
    T, _, B = x.shape
    answers = np.zeros((T, B))
    for e in range(B):
        kept = 0.
        for t in range(T):
            now = x[t, :, e]
            if name == "account":
                kept = 0 if now[1] else kept + now[0]
                answers[t, e] = kept / 3
            elif name == "secret":
                kept = now[0] if now[1] else kept
                answers[t, e] = kept if now[2] else 0
            elif name == "marked":
                kept = now[:4].argmax() if now[4] else kept
                answers[t, e] = kept
            else:
                kept = now[:4].argmax() if now[:4].any() else kept
                answers[t, e] = kept
    return answers
