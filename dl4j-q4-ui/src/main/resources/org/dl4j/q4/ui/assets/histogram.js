// How often each code of a layer occurs, in one report at a time: bars, a slider, a table.

import {byId, element, svg} from './dom.js';
import {count, percent} from './format.js';
import {nearest} from './scales.js';

const HEIGHT = 190;
const TOP = 18;
const BOTTOM = 22;

export class CodesPanel {
  /** moved: told the iteration that the slider is at, or null if it goes with the newest. */
  constructor(moved) {
    this.moved = moved;
    this.data = null;
    this.time = null; // where the slider was left; null follows the newest report
    this.slider = byId('moment');
    this.plot = byId('codes');
    this.slider.addEventListener('input', () => {
      const i = Number(this.slider.value);
      this.time = i === this.data.length - 1 ? null : this.data.times[i];
      this.draw();
    });
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  /** Goes with the newest report again. */
  follow() {
    this.time = null;
  }

  show(data, title) {
    this.data = data;
    byId('codesTitle').textContent = 'Codes of ' + title;
    const last = Math.max(0, data.length - 1);
    this.slider.max = String(last);
    this.slider.value = String(this.time === null ? last : nearest(data.times, this.time));
    this.draw();
  }

  draw() {
    if (!this.data || !this.data.length || !this.plot.clientWidth) {
      return;
    }
    const i = Number(this.slider.value);
    const text = `iteration ${this.data.iterations[i]}, epoch ${this.data.epochs[i]} (${i + 1} of ${this.data.length})`;
    byId('momentText').textContent = text;
    this.slider.setAttribute('aria-valuetext', text);
    this.moved(this.time === null ? null : this.data.iterations[i]);
    const counts = this.data.counts[i];
    if (!counts.length) {
      this.plot.replaceChildren(element('p', {class: 'q4-nothing'}, 'The weights have no codes: some of them are NaN or infinite.'));
      byId('codesTable').replaceChildren();
      return;
    }
    this.bars(counts);
    table(counts);
  }

  /** Bars of a height that compares over time: the largest share of all reports is the top. */
  bars(counts) {
    const width = this.plot.clientWidth;
    const total = sum(counts);
    const top = this.data.counts.reduce(
      (most, other) => other.length ? Math.max(most, Math.max(...other) / sum(other)) : most, 0);
    const maxCode = (counts.length - 1) / 2;
    const step = width / counts.length;
    const wide = step >= 24; // room for a number
    const every = Math.ceil(22 / step);
    const dead = counts.filter(n => n === 0).length;
    const picture = svg('svg', {
      width, height: HEIGHT, role: 'img',
      'aria-label': `${counts.length - dead} of ${counts.length} codes occur; the table below has the counts`,
    });
    counts.forEach((n, i) => {
      const code = i - maxCode;
      const height = n / total / top * (HEIGHT - TOP - BOTTOM);
      const x = i * step;
      picture.append(svg('rect', {
        class: 'q4-bar', 'data-code': code, x: x + step * 0.1, width: step * 0.8,
        y: HEIGHT - BOTTOM - height, height,
      }, svg('title', {}, `code ${code}: ${count(n)} weights, ${percent(n / total)}`)));
      if (wide) {
        picture.append(label(x + step / 2, HEIGHT - BOTTOM - height - 5, n ? share(n / total) : 'dead', 'q4-share'));
      } else if (!n) {
        picture.append(label(x + step / 2, HEIGHT - BOTTOM - 3, '×'));
      }
      if (code % every === 0) {
        picture.append(label(x + step / 2, HEIGHT - BOTTOM + 16, String(code)));
      }
    });
    picture.append(svg('path', {class: 'q4-axis', d: `M0 ${HEIGHT - BOTTOM}H${width}`}));
    this.plot.replaceChildren(picture);
  }
}

/** Two digits: the table has the rest. */
function share(part) {
  return Number((100 * part).toPrecision(2)) + '%';
}

function label(x, y, text, name = 'q4-tick') {
  return svg('text', {class: name, x, y, 'text-anchor': 'middle'}, text);
}

function sum(counts) {
  return counts.reduce((a, b) => a + b, 0);
}

function table(counts) {
  const maxCode = (counts.length - 1) / 2;
  const total = sum(counts);
  byId('codesTable').replaceChildren(
    element('thead', {}, element('tr', {},
      ...['Code', 'Weights', 'Share'].map(text => element('th', {scope: 'col'}, text)))),
    element('tbody', {}, ...counts.map((n, i) => element('tr', {},
      element('th', {scope: 'row'}, String(i - maxCode)),
      element('td', {}, count(n)),
      element('td', {}, percent(n / total))))));
}
