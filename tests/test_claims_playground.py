"""What the playground says of its tasks, tried out by its own scripts over seeds by which nothing was chosen."""
import numpy as np
import pytest
from javascript import node

from lstmlib.sweep import SEEDS
from workbook import playground

TASKS = {task["id"]: task for task in playground.told("en")["tasks"]}
TRIES = [pytest.param(name, attempt, id=f"{name}-{k}") for name, task in TASKS.items()
         for k, attempt in enumerate(task["tries"])]
LEARN = """({name, cell, H, bias, rate, updates, held, seeds, look}) => seeds.map(seed => {
  const task = Tasks[name](), model = Engine.model(Engine[cell], task.D, H, task.K, seed, bias);
  const update = Engine.adam(model.params, rate), draw = Engine.random(seed + 1000);
  for (let k = 0; k < updates; k++) Engine.learn(model, update, task.draw(draw, 16), task.loss, held);
  const exam = task.draw(Engine.random(99991), 200), trace = Engine.forward(model, exam, held);
  return look ? eval(look)(task, model, exam, trace) : task.score(trace.y, exam);
})"""
WHERE = """(task, model, exam, {tape}) => {           // mean of a unit's gate where a row of x is 1, and elsewhere
  const on = [0, 0], off = [0, 0];
  tape.forEach((moment, t) => moment.%s.forEach((v, e) => {
    const sum = exam.x[t][%d * exam.B + e] ? on : off;
    sum[0] += v;
    sum[1]++;
  }));
  return [on[0] / on[1], off[0] / off[1]];
}"""
FAR = """(task, model, exam, trace) => {               // how much of the gradient is left at the first step
  const sizes = Engine.backward(model, trace, task.loss(trace.y, exam).dy, %s).blamed.map(d => Math.hypot(...d));
  return sizes[0] / sizes.at(-1);
}"""


def learned(name, cell, look=None, **set_up):
    """What is looked at, the score or `look`, once for each seed."""
    task = TASKS[name]
    given = {key: task[key] for key in ("H", "bias", "rate", "updates")} | {"held": {}, "seeds": [*SEEDS]} | set_up
    return np.array(node(LEARN, given | {"name": name, "cell": cell, "look": look}))


@pytest.mark.parametrize("name, attempt", TRIES)
def test_what_is_said_of_a_try_is_seen(name, attempt):
    for cell, set_up in ("LSTM", attempt["set"]), ("RNN", attempt["set"] | {"held": {}}):
        if cell.lower() in attempt:
            scores, (low, high) = learned(name, cell, **set_up), attempt[cell.lower()]
            if cell == "LSTM" and attempt.get("most"):
                scores = np.median(scores)
            assert low <= scores.min() and scores.max() <= high, (cell, scores)


@pytest.mark.parametrize("name, gate, row, falls", [("account", "f", 1, True), ("secret", "o", 2, False)])
def test_the_gate_moves_where_the_page_says(name, gate, row, falls):
    """On every seed, or where the words are of most, by the medians."""
    found = learned(name, "LSTM", WHERE % (gate, row))
    there, elsewhere = np.median(found, 0, keepdims=True).T if TASKS[name]["tries"][0].get("most") else found.T
    low, high = (there, elsewhere) if falls else (elsewhere, there)
    assert low.max() < .3 and high.min() > .5, found


def test_hardly_anything_arrives_at_the_symbol_in_the_rnn():
    assert learned("recall", "RNN", FAR % "{}").max() < 1e-3
    assert learned("recall", "LSTM", FAR % "{}").min() > 1e-2


def test_a_gate_held_at_a_half_lets_little_more_than_a_half_through_at_each_step():
    left = learned("recall", "LSTM", FAR % "{f: .5}", held={"f": .5}) ** (1 / 30)
    assert .5 < left.min() and left.max() < .65


def test_the_leak_is_worse_than_the_free_gate():
    free, leak = learned("account", "LSTM"), learned("account", "LSTM", held={"f": .9})
    assert (leak < free - .1).all()
