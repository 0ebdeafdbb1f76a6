/* Four tasks of the course, as lstmlib/tasks.py has them: what comes in, what is asked, how an answer is scored.

   draw(random, B) returns x[t] (D, B), target[t] (classes of the B examples, or numbers), mask[t] (B): 1 where an
   answer counts. marks(batch, e) is a letter for each step of example e, which stands over the film.          */
"use strict";

const Tasks = (() => {
  const { crossEntropy, squaredError } = Engine;
  const moments = (T, n) => Array.from({ length: T }, () => new Float64Array(n));

  /* A batch with room for T moments, every answer counted or the last alone. */
  function blank(T, D, B, lastAlone) {
    const mask = moments(T, B);
    mask.forEach((row, t) => row.fill(lastAlone && t < T - 1 ? 0 : 1));
    return { B, x: moments(T, D * B), target: moments(T, B), mask };
  }

  /* A symbol, then L moments of noise of standard deviation loudness, in other rows: which symbol? */
  const recall = (L = 30, symbols = 4, noise = 4, loudness = 2) => ({
    D: symbols + noise, K: symbols, loss: crossEntropy, score: accuracy,
    draw(random, B) {
      const batch = blank(L + 1, symbols + noise, B, true);
      for (let e = 0; e < B; e++) {
        const symbol = random.whole(symbols);
        batch.x[0][symbol * B + e] = 1;
        for (let t = 1; t <= L; t++)
          for (let row = symbols; row < symbols + noise; row++)
            batch.x[t][row * B + e] = loudness * random.normal();
        batch.target[L][e] = symbol;
      }
      return batch;
    },
    marks: ({ x, target }, e) => x.map((_, t) => t === 0 ? "ABCD"[target[L][e]] : t < L ? "" : "?"),
  });

  /* Money in and out (row 0, −1 to 1), or the account is closed (row 1): at every step, the balance / 3. */
  const account = (T = 40, closing = 0.08) => ({
    D: 2, K: 1, loss: squaredError, score: r2,
    draw(random, B) {
      const batch = blank(T, 2, B);
      for (let e = 0; e < B; e++)
        for (let t = 0, balance = 0; t < T; t++) {
          const closed = random.uniform() < closing, money = closed ? 0 : 2 * random.uniform() - 1;
          balance = closed ? 0 : balance + money;
          batch.x[t][e] = money;
          batch.x[t][B + e] = closed;
          batch.target[t][e] = balance / 3;
        }
      return batch;
    },
    marks: ({ x, B }, e) => x.map(x_t => x_t[B + e] ? "×" : ""),
  });

  /* T symbols, one of the first ones marked (last row of x): at the end, which was it? */
  const marked = (T = 30, first = 10, symbols = 4) => ({
    D: symbols + 1, K: symbols, loss: crossEntropy, score: accuracy,
    draw(random, B) {
      const batch = blank(T, symbols + 1, B, true);
      for (let e = 0; e < B; e++) {
        const at = random.whole(first);
        for (let t = 0; t < T; t++) {
          const symbol = random.whole(symbols);
          batch.x[t][symbol * B + e] = 1;
          batch.x[t][symbols * B + e] = t === at;
          if (t === at) batch.target[T - 1][e] = symbol;
        }
      }
      return batch;
    },
    marks: ({ x, target, B }, e) => x.map((x_t, t) =>
      x_t[symbols * B + e] ? "ABCD"[target[T - 1][e]] : t < T - 1 ? "" : "?"),
  });

  /* A number to keep (row 0, marked in row 1): when asked (row 2) say the last one, else say 0. */
  const secret = (T = 40, telling = 0.08, asking = 0.15) => ({
    D: 3, K: 1, loss: squaredError, score: r2WhenAsked,
    draw(random, B) {
      const batch = blank(T, 3, B);
      for (let e = 0; e < B; e++)
        for (let t = 0, last = 0; t < T; t++) {
          const told = t === 0 || random.uniform() < telling, asked = random.uniform() < asking && !told;
          if (told) last = batch.x[t][e] = 2 * random.uniform() - 1;
          batch.x[t][B + e] = told;
          batch.x[t][2 * B + e] = asked;
          batch.target[t][e] = asked ? last : 0;
        }
      return batch;
    },
    marks: ({ x, B }, e) => x.map(x_t => x_t[B + e] ? "!" : x_t[2 * B + e] ? "?" : ""),
  });

  // --- how an answer is scored ------------------------------------------------------------------------------

  /* The share of the answers that count in which y is largest for the right class. */
  function accuracy(y, { target, mask, B }) {
    let right = 0, all = 0;
    y.forEach((y_t, t) => mask[t].forEach((counts, e) => {
      const given = Array.from({ length: y_t.length / B }, (_, k) => y_t[k * B + e]);
      all += counts;
      right += counts && given.indexOf(Math.max(...given)) === target[t][e];
    }));
    return right / all;
  }

  /* 1 − squared error / variance of the target, over the steps that counts(t, e) keeps. */
  function explained(y, target, counts) {
    const all = y.flatMap((y_t, t) => Array.from(y_t, (v, e) => [v, target[t][e], counts(t, e)]));
    const kept = all.filter(([, , counted]) => counted);
    const mean = kept.reduce((sum, [, wanted]) => sum + wanted, 0) / kept.length;
    const squares = of => kept.reduce((sum, [v, wanted]) => sum + (of(v, wanted)) ** 2, 0);
    return 1 - squares((v, wanted) => v - wanted) / squares((v, wanted) => wanted - mean);
  }
  const r2 = (y, { target }) => explained(y, target, () => true);
  const r2WhenAsked = (y, { x, target, B }) => explained(y, target, (t, e) => x[t][2 * B + e]);

  return { recall, account, marked, secret };
})();
