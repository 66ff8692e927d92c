// What tells lines apart, and the place in time that goes through all charts.

import {svg} from './dom.js';

/** How many looks there are before they repeat; quantization.css has the colors. */
const COLORS = 8;
const DASHES = ['', '7 3', '2 2', '9 3 2 3', '12 4'];

/** Color and dashes of the i-th line: no two of the first 40 share both. */
export function look(i) {
  return {
    class: 'q4-line q4-color' + i % COLORS,
    'stroke-dasharray': DASHES[i % DASHES.length] || 'none',
  };
}

/** A point of the i-th line. */
export function point(i) {
  return {class: 'q4-point q4-color' + i % COLORS};
}

/** A line's sample, for a legend. */
export function sample(i) {
  return svg('svg', {width: 34, height: 10, 'aria-hidden': 'true'},
    svg('path', {d: 'M1 5H33', ...look(i)}));
}

/** Where the cursor is, and who wants to know. */
export class Cursor {
  constructor() {
    this.iteration = null;
    this.watchers = [];
  }

  move(iteration) {
    this.iteration = iteration;
    this.watchers.forEach(watcher => watcher());
  }
}
