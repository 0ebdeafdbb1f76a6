/* An LSTM and an RNN that learn, in plain JavaScript: forwards, the way back, Adam, and four tasks of the course.

   It is the library lstmlib once more, with the same letters:
       T, B, D, H, K    steps, batch, inputs, hidden units, outputs
       x[t]  (D, B)     what is read at step t: a row for each input, a column for each example
       h, c  (H, B)     hidden state, cell state
       z     (H+D, B)   [h; x], the old hidden state over the new input
       f i o g          forget gate, input gate, output gate, candidate (c̃ on the sheet)
       dq               ∂loss/∂q, of the shape of q
   A matrix is a Float64Array, row after row. Weights are {W, b}: the gates' rows lie one gate after the other.
   held: gates that are constants, {i: 0.1}; they are used as given, and no blame falls on them.            */
"use strict";

const Engine = (() => {
  const zeros = n => new Float64Array(n);
  const sigmoid = a => 0.5 + 0.5 * Math.tanh(0.5 * a);

  // --- a = W z + b, and the way back through it -----------------------------------------------------------

  function ask({ W, b }, z) {
    const n = W.length / b.length, B = z.length / n, a = zeros(b.length * B);
    for (let r = 0; r < b.length; r++) {
      const row = a.subarray(r * B, r * B + B).fill(b[r]);
      for (let k = 0; k < n; k++) {
        const w = W[r * n + k];
        for (let e = 0; e < B; e++) row[e] += w * z[k * B + e];
      }
    }
    return a;
  }

  /* Adds da·zᵀ to dp.W and the sums of da to dp.b; returns dz = Wᵀ·da. */
  function blame({ W, b }, da, z, dp) {
    const n = W.length / b.length, B = z.length / n, dz = zeros(z.length);
    for (let r = 0; r < b.length; r++) {
      const row = da.subarray(r * B, r * B + B);
      for (let e = 0; e < B; e++) dp.b[r] += row[e];
      for (let k = 0; k < n; k++) {
        const w = W[r * n + k];
        let sum = 0;
        for (let e = 0; e < B; e++) {
          sum += row[e] * z[k * B + e];
          dz[k * B + e] += w * row[e];
        }
        dp.W[r * n + k] += sum;
      }
    }
    return dz;
  }

  function join(h, x) {
    const z = zeros(h.length + x.length);
    z.set(h);
    z.set(x, h.length);
    return z;
  }

  // --- one moment of each cell: step forwards, back as its mirror -----------------------------------------

  const RNN = {
    name: "RNN", gates: "a",
    step(p, s, x) {
      const z = join(s.h, x);
      return { z, h: ask(p, z).map(Math.tanh) };
    },
    back(p, ds, { z, h }, held, dp) {
      const dz = blame(p, ds.h.map((dh, k) => dh * (1 - h[k] ** 2)), z, dp);
      return { h: dz.subarray(0, h.length), blamed: ds.h };
    },
  };

  const LSTM = {
    name: "LSTM", gates: "fiog",
    step(p, s, x, held) {
      const z = join(s.h, x), a = ask(p, z), n = s.h.length;
      const [f, i, o, g, c, h] = Array.from("fiogch", () => zeros(n));
      for (let k = 0; k < n; k++) {
        f[k] = held.f ?? sigmoid(a[k]);
        i[k] = held.i ?? sigmoid(a[n + k]);
        o[k] = held.o ?? sigmoid(a[2 * n + k]);
        g[k] = Math.tanh(a[3 * n + k]);
        c[k] = f[k] * s.c[k] + i[k] * g[k];
        h[k] = o[k] * Math.tanh(c[k]);
      }
      return { z, f, i, o, g, c_prev: s.c, c, h };
    },
    back(p, ds, { z, f, i, o, g, c_prev, c }, held, dp) {
      const n = c.length, da = zeros(4 * n), blamed = zeros(n), dc_prev = zeros(n);
      for (let k = 0; k < n; k++) {
        const m = Math.tanh(c[k]), dh = ds.h[k], dc = blamed[k] = ds.c[k] + dh * o[k] * (1 - m ** 2);
        // blamed × multiplied by × own slope
        da[k] = "f" in held ? 0 : dc * c_prev[k] * f[k] * (1 - f[k]);
        da[n + k] = "i" in held ? 0 : dc * g[k] * i[k] * (1 - i[k]);
        da[2 * n + k] = "o" in held ? 0 : dh * m * o[k] * (1 - o[k]);
        da[3 * n + k] = dc * i[k] * (1 - g[k] ** 2);
        dc_prev[k] = dc * f[k];                      // the constant error carousel
      }
      return { h: blame(p, da, z, dp).subarray(0, n), c: dc_prev, blamed };
    },
  };

  // --- a model: y = V h + b_y over a cell that is unrolled through time -----------------------------------

  /* Each recurrent matrix is orthogonal, W_x has variance 1/D; biases are 0, but forgetBias on f. */
  function model(cell, D, H, K, seed, forgetBias = 1) {
    const draw = random(seed), G = cell.gates.length, n = H + D;
    const p = { W: zeros(G * H * n), b: zeros(G * H) };
    for (let gate = 0; gate < G; gate++) {
      orthogonal(H, draw).forEach((row, r) => p.W.set(row, (gate * H + r) * n));
      for (let r = 0; r < H; r++)
        for (let k = H; k < n; k++) p.W[(gate * H + r) * n + k] = draw.normal() / Math.sqrt(D);
    }
    if (cell === LSTM) p.b.fill(forgetBias, 0, H);
    const out = { W: zeros(K * H).map(() => draw.normal() / Math.sqrt(H)), b: zeros(K) };
    return { cell, H, params: [p, out] };
  }

  /* The rows of a random rotation: each new one loses what lies along those before it (Gram and Schmidt). */
  function orthogonal(H, draw) {
    const rows = [];
    while (rows.length < H) {
      let row = zeros(H).map(draw.normal);
      for (const old of [...rows, ...rows]) {        // twice, against rounding
        const along = row.reduce((sum, v, k) => sum + v * old[k], 0);
        row = row.map((v, k) => v - along * old[k]);
      }
      rows.push(row.map(v => v / Math.hypot(...row)));
    }
    return rows;
  }

  /* Reads x, from a state of zeros: the answers y[t] (K, B), and the tape of each moment. */
  function forward({ cell, H, params: [p, out] }, { x, B }, held = {}) {
    let s = { h: zeros(H * B), c: zeros(H * B) };
    const tape = x.map(x_t => s = cell.step(p, s, x_t, held));
    return { tape, y: tape.map(moment => ask(out, moment.h)) };
  }

  /* From dy[t] back through time: dp of all weights, and the blame on the memory (c, or h) after each step. */
  function backward({ cell, params: [p, out] }, { tape }, dy, held = {}) {
    const grads = [p, out].map(({ W, b }) => ({ W: zeros(W.length), b: zeros(b.length) })), blamed = [];
    let ds = { h: zeros(tape[0].h.length), c: zeros(tape[0].h.length) };
    for (let t = tape.length - 1; t >= 0; t--) {
      const dh = blame(out, dy[t], tape[t].h, grads[1]);
      ds = cell.back(p, { h: ds.h.map((d, k) => d + dh[k]), c: ds.c }, tape[t], held, grads[0]);
      blamed[t] = ds.blamed;
    }
    return { grads, blamed };
  }

  // --- what it costs to be wrong, over the answers that mask keeps; and its slope dy ----------------------

  function crossEntropy(y, { target, mask, B }) {
    return mean(y, mask, B, (y_t, dy, e, K, t) => {
      const right = target[t][e];
      let most = -Infinity, sum = 0;
      for (let k = 0; k < K; k++) most = Math.max(most, y_t[k * B + e]);
      for (let k = 0; k < K; k++) sum += Math.exp(y_t[k * B + e] - most);
      for (let k = 0; k < K; k++) dy[k * B + e] = Math.exp(y_t[k * B + e] - most) / sum - (k === right);
      return Math.log(sum) - (y_t[right * B + e] - most);
    });
  }

  function squaredError(y, { target, mask, B }) {
    return mean(y, mask, B, (y_t, dy, e, K, t) => {
      dy[e] = y_t[e] - target[t][e];
      return dy[e] ** 2 / 2;
    });
  }

  function mean(y, mask, B, cost) {
    const all = mask.reduce((sum, row) => sum + row.reduce((a, m) => a + m), 0);
    let loss = 0;
    const dy = y.map((y_t, t) => {
      const d = zeros(y_t.length), K = y_t.length / B;
      for (let e = 0; e < B; e++)
        if (mask[t][e]) loss += cost(y_t, d, e, K, t) / all;
      return d.map(v => v / all);
    });
    return { loss, dy };
  }

  // --- learning -------------------------------------------------------------------------------------------

  /* All gradients shortened alike, in place, if their norm exceeds most. Pascanu et al. (2013) */
  function clip(grads, most) {
    const all = grads.flatMap(({ W, b }) => [W, b]);
    const norm = Math.sqrt(all.reduce((sum, d) => sum + d.reduce((a, v) => a + v * v, 0), 0));
    if (norm > most) for (const d of all) d.forEach((v, k) => d[k] = v * most / norm);
  }

  /* Returns update(grads), which moves the params in place, and remembers. Kingma & Ba (2015) */
  function adam(params, lr, b1 = 0.9, b2 = 0.999, eps = 1e-8) {
    const pair = w => [zeros(w.length), zeros(w.length)];
    const memory = params.map(({ W, b }) => ({ W: pair(W), b: pair(b) }));
    let t = 0;
    return grads => {
      t++;
      params.forEach((p, layer) => ["W", "b"].forEach(name => {
        const w = p[name], d = grads[layer][name], [m, v] = memory[layer][name];
        for (let k = 0; k < w.length; k++) {
          m[k] += (1 - b1) * (d[k] - m[k]);
          v[k] += (1 - b2) * (d[k] ** 2 - v[k]);
          w[k] -= lr * (m[k] / (1 - b1 ** t)) / (Math.sqrt(v[k] / (1 - b2 ** t)) + eps);
        }
      }));
    };
  }

  /* One update of a model on a batch; the loss before it. */
  function learn(model, update, batch, loss, held = {}) {
    const trace = forward(model, batch, held), found = loss(trace.y, batch);
    const { grads } = backward(model, trace, found.dy, held);
    clip(grads, 1);
    update(grads);
    return found.loss;
  }

  // --- chance: the same seed draws the same numbers -------------------------------------------------------

  function random(seed) {
    let state = seed >>> 0;
    const uniform = () => {                          // mulberry32
      let v = state = (state + 0x6D2B79F5) >>> 0;
      v = Math.imul(v ^ (v >>> 15), v | 1);
      v ^= v + Math.imul(v ^ (v >>> 7), v | 61);
      return ((v ^ (v >>> 14)) >>> 0) / 2 ** 32;
    };
    const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return { uniform, normal, whole: n => Math.floor(n * uniform()) };
  }
  return { RNN, LSTM, model, forward, backward, crossEntropy, squaredError, clip, adam, learn, random };
})();
