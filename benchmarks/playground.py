"""How fast the playground learns: updates a second on one core, H = 16 units, T = 40 steps, B = 16 sequences.

The LSTM alone, and as the page does it, with the RNN beside it; ten rounds of 20 updates by Node, the best and the
median round. By the clock, and by the time that the processor gave, which another program's load leaves alone.

    python benchmarks/playground.py
"""
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from workbook import playground

RUN = """
const task = Tasks.recall(39), draw = Engine.random(1), ROUNDS = 10, UPDATES = 20;
const nets = [Engine.LSTM, Engine.RNN].map(cell => {
  const model = Engine.model(cell, task.D, 16, task.K, 0);
  return { model, update: Engine.adam(model.params, .01) };
});
const round = nets => {
  for (let k = 0; k < UPDATES; k++) {
    const batch = task.draw(draw, 16);
    for (const { model, update } of nets) Engine.learn(model, update, batch, task.loss);
  }
};
const found = [nets.slice(0, 1), nets].map(nets => {
  round(nets);                                          // once before: the script is compiled as it runs
  return Array.from({ length: ROUNDS }, () => {
    const clock = performance.now(), used = process.cpuUsage();
    round(nets);
    const { user, system } = process.cpuUsage(used);
    return [UPDATES / (performance.now() - clock) * 1e3, UPDATES / (user + system) * 1e6];
  });
});
console.log(JSON.stringify(found));
"""


def main():
    """Measures, and prints a table."""
    if not (node := shutil.which("node")):
        sys.exit("needs Node")
    home = Path(playground.__file__).parent
    script = "".join((home / name).read_text(encoding="utf-8") for name in ("engine.js", "tasks.js")) + RUN
    done = subprocess.run([node, "-"], input=script, capture_output=True, encoding="utf-8", check=True)
    print(f"{'updates a second':16}  {'clock: best':>11} {'median':>7}  {'processor: best':>15} {'median':>7}")
    for name, rounds in zip(("LSTM", "LSTM and RNN"), json.loads(done.stdout)):
        (clock, half), (used, half_used) = ((max(kind), statistics.median(kind)) for kind in zip(*rounds))
        print(f"{name:16}  {clock:11.0f} {half:7.0f}  {used:15.0f} {half_used:7.0f}")


if __name__ == "__main__":
    main()
