// From values to places in a chart.

/** Round numbers from least to most, some `wanted` of them. */
export function ticks(least, most, wanted) {
  const span = most - least;
  if (!(span > 0)) {
    return [least];
  }
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find(factor => factor * power >= rough * 0.999);
  const found = [];
  for (let i = Math.ceil(least / step - 1e-9); i * step <= most + step * 1e-9; i++) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
}

/** The range of the numbers in some columns, or null; wider than a point. */
export function range(columns, {from, to} = {}) {
  let least = from === undefined ? Infinity : from;
  let most = to === undefined ? -Infinity : to;
  for (const column of columns) {
    for (const value of column) {
      if (value !== null) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }
  if (least > most) {
    return null;
  }
  if (least === most) {
    const margin = Math.abs(least) * 0.05 || 1;
    return from === least ? [least, least + margin] : [least - margin, most + margin];
  }
  return [least, most];
}

/** Straight from [a, b] to [c, d]. */
export function linear([a, b], [c, d]) {
  return value => c + (value - a) / (b - a) * (d - c);
}

/** The index of the number nearest to x; -1 without any. */
export function nearest(numbers, x) {
  let best = -1;
  numbers.forEach((number, i) => {
    if (best < 0 || Math.abs(number - x) < Math.abs(numbers[best] - x)) {
      best = i;
    }
  });
  return best;
}
