// Lines over iterations, as SVG. One place in time, the cursor, goes through all charts.

import {element, svg} from './dom.js';
import {look, point} from './lines.js';
import {linear, nearest, range, ticks} from './scales.js';

const HEIGHT = 210;
const LEFT = 52;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 34;

export class Chart {
  /**
   * options: id, title, text (a figure's value as text), tick (the same at an axis), from and to
   * (values that the axis holds in any case).
   */
  constructor(options, cursor) {
    this.options = options;
    this.cursor = cursor;
    this.lines = [];
    this.marker = null;
    this.plot = element('div', {
      class: 'q4-plot', tabindex: '0', role: 'group',
      'aria-label': options.title + ' over iterations; left and right arrow keys read values',
    });
    this.readout = element('p', {class: 'q4-readout', 'aria-live': 'off'});
    this.node = element('section', {class: 'chart-box', id: options.id, 'aria-label': options.title},
      element('div', {class: 'chart-header'}, element('h2', {}, options.title)),
      this.plot, this.readout);
    cursor.watchers.push(() => this.showCursor());
    // Of the charts, which all show the cursor, only the one in use is read out.
    this.plot.addEventListener('focus', () => this.readout.setAttribute('aria-live', 'polite'));
    this.plot.addEventListener('blur', () => this.readout.setAttribute('aria-live', 'off'));
    this.plot.addEventListener('keydown', event => this.key(event));
    this.plot.addEventListener('pointermove', event => this.point(event));
    this.plot.addEventListener('pointerleave', () => cursor.move(null));
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  /** lines: [{name, look, iterations, values}], values parallel to iterations, null where unknown. */
  show(lines) {
    this.lines = lines;
    this.draw();
  }

  /** A moment to mark, the slider's. */
  mark(iteration) {
    this.marker = iteration;
    this.placeVertical('q4-marker', iteration);
  }

  draw() {
    const width = this.plot.clientWidth;
    if (!width) {
      return;
    }
    const values = range(this.lines.map(line => line.values), this.options);
    const known = this.lines.some(line => line.values.some(value => value !== null));
    if (!values || !known) {
      this.plot.replaceChildren(element('p', {class: 'q4-nothing'}, 'No figures yet.'));
      this.x = null;
      this.svg = null;
      this.readout.textContent = '';
      return;
    }
    const iterations = range(this.lines.map(line => line.iterations));
    this.x = linear(iterations, [LEFT, width - RIGHT]);
    this.y = linear(values, [HEIGHT - BOTTOM, TOP]);
    this.svg = svg('svg', {width, height: HEIGHT, role: 'img', 'aria-label': this.summary()});
    this.axes(width, iterations, values);
    for (const line of this.lines) {
      this.svg.append(svg('path', {d: this.path(line), ...look(line.look), 'data-line': line.name}));
      this.lonePoints(line);
    }
    this.plot.replaceChildren(this.svg);
    this.placeVertical('q4-marker', this.marker);
    this.showCursor();
  }

  axes(width, iterations, values) {
    for (const value of ticks(...values, 5)) {
      const y = this.y(value);
      this.svg.append(
        svg('path', {class: 'q4-gridline', d: `M${LEFT} ${y}H${width - RIGHT}`}),
        svg('text', {class: 'q4-tick', x: LEFT - 6, y: y + 4, 'text-anchor': 'end'},
          this.options.tick(value)));
    }
    for (const value of ticks(...iterations, width / 110).filter(Number.isInteger)) {
      const x = this.x(value);
      this.svg.append(svg('text', {
        class: 'q4-tick', x, y: HEIGHT - BOTTOM + 16,
        'text-anchor': x > width - RIGHT - 20 ? 'end' : 'middle',
      }, String(value)));
    }
    this.svg.append(
      svg('path', {class: 'q4-axis', d: `M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${width - RIGHT}`}),
      svg('text', {class: 'q4-tick', x: width - RIGHT, y: HEIGHT - 3, 'text-anchor': 'end'},
        'iteration'));
  }

  path(line) {
    let path = '';
    let pen = 'M';
    line.values.forEach((value, i) => {
      if (value === null) {
        pen = 'M';
      } else {
        path += pen + this.x(line.iterations[i]).toFixed(1) + ' ' + this.y(value).toFixed(1);
        pen = 'L';
      }
    });
    return path;
  }

  /** A value between unknown ones makes no line. */
  lonePoints(line) {
    line.values.forEach((value, i) => {
      const unknown = j => line.values[j] === null || line.values[j] === undefined;
      if (value !== null && unknown(i - 1) && unknown(i + 1)) {
        this.svg.append(svg('circle', {
          ...point(line.look), r: 3, cx: this.x(line.iterations[i]), cy: this.y(value),
        }));
      }
    });
  }

  summary() {
    const last = this.lines.slice(0, 12).map(line =>
      line.name + ' ' + this.options.text(line.values[line.values.length - 1]));
    return this.options.title + ', last values: ' + last.join(', ');
  }

  placeVertical(name, iteration) {
    if (!this.svg) {
      return;
    }
    this.svg.querySelectorAll('.' + name).forEach(node => node.remove());
    if (iteration !== null) {
      const x = this.x(iteration);
      this.svg.append(svg('path', {class: name, d: `M${x} ${TOP}V${HEIGHT - BOTTOM}`}));
    }
  }

  showCursor() {
    this.placeVertical('q4-cursor', this.cursor.iteration);
    const at = this.cursor.iteration;
    const texts = this.lines.map(line => {
      const i = at === null ? line.values.length - 1 : nearest(line.iterations, at);
      return line.name + ': ' + this.options.text(i < 0 ? null : line.values[i]);
    });
    const text = (at === null ? 'Last' : 'Iteration ' + at) + ' – ' + texts.join(', ');
    if (this.readout.textContent !== text) { // it may be read out
      this.readout.textContent = text;
    }
  }

  point(event) {
    if (!this.x) {
      return;
    }
    const x = event.clientX - this.plot.getBoundingClientRect().left;
    const iterations = this.lines[0].iterations;
    const i = nearest(iterations.map(this.x), x);
    if (i >= 0) {
      this.cursor.move(iterations[i]);
    }
  }

  key(event) {
    if (event.key === 'Escape') {
      this.cursor.move(null);
      return;
    }
    const steps = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, PageUp: 10, PageDown: -10};
    if (!(event.key in steps) || !this.lines.length || !this.lines[0].iterations.length) {
      return;
    }
    event.preventDefault();
    const iterations = this.lines[0].iterations;
    const last = iterations.length - 1;
    const now = this.cursor.iteration === null ? last : nearest(iterations, this.cursor.iteration);
    const next = this.cursor.iteration === null && event.key === 'ArrowLeft' ? last : now + steps[event.key];
    this.cursor.move(iterations[Math.min(last, Math.max(0, next))]);
  }
}
