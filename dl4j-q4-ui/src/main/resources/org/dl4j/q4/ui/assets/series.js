// Columns that grow as answers come in.

/** Beyond this many moments, a column is asked for anew, thinned out by the server. */
export const MAX_MOMENTS = 1000;

/** What does not change over time. */
export function keyOf(layer) {
  return JSON.stringify([layer.layer, layer.parameter]);
}

const FIGURES = ['levelsUsed', 'flipped', 'oscillating', 'scale', 'sqnr', 'saturated'];

class Moments {
  constructor() {
    this.times = [];
    this.iterations = [];
    this.epochs = [];
  }

  get length() {
    return this.times.length;
  }

  /** The time after which to ask for more. */
  get after() {
    return this.length ? this.times[this.length - 1] : null;
  }

  get full() {
    return this.length > MAX_MOMENTS;
  }

  addMoments(answer) {
    this.times.push(...answer.times);
    this.iterations.push(...answer.iterations);
    this.epochs.push(...(answer.epochs || []));
  }
}

/** Figures of all layers. */
export class Reports extends Moments {
  constructor() {
    super();
    this.layers = new Map();
    this.latest = null;
  }

  /** Whether an answer begins before what is there ends. */
  goesBack(answer) {
    return this.length > 0 && answer.iterations[0] < this.iterations[this.length - 1];
  }

  /** Whether the answer held anything new. */
  add(answer) {
    if (!answer.times.length) {
      return false;
    }
    const before = this.length;
    this.addMoments(answer);
    for (const layer of answer.layers) {
      const key = keyOf(layer);
      if (!this.layers.has(key)) {
        const columns = {layer: layer.layer, parameter: layer.parameter};
        FIGURES.forEach(figure => { columns[figure] = new Array(before).fill(null); });
        this.layers.set(key, columns);
      }
      FIGURES.forEach(figure => this.layers.get(key)[figure].push(...layer[figure]));
    }
    for (const columns of this.layers.values()) { // a layer that is no more
      for (const figure of FIGURES) {
        while (columns[figure].length < this.length) {
          columns[figure].push(null);
        }
      }
    }
    this.latest = answer.latest;
    return true;
  }
}

/** How often each code of one layer occurs. */
export class Histograms extends Moments {
  constructor(layer) {
    super();
    this.layer = layer;
    this.counts = [];
  }

  add(answer) {
    this.addMoments(answer);
    this.counts.push(...answer.counts);
    return answer.times.length > 0;
  }
}

/** The score of one worker of the stock listener. */
export class Scores extends Moments {
  constructor(worker) {
    super();
    this.worker = worker;
    this.scores = [];
  }

  add(answer) {
    this.addMoments(answer);
    this.scores.push(...answer.scores);
    return answer.times.length > 0;
  }
}
