// The latest figures of all layers, and what they call for.

import {byId, element} from './dom.js';
import {count, layerName, number, percent} from './format.js';
import {keyOf} from './series.js';

const COLUMNS = [
  ['Weights', layer => count(layer.weights)],
  ['Levels used', layer => layer.levels ? `${layer.levelsUsed} of ${layer.levels}` : number(null)],
  ['Flipped', layer => percent(layer.flipped)],
  ['Oscillating', layer => percent(layer.oscillating)],
  ['Saturated', layer => percent(layer.saturated)],
  ['Scale', layer => number(layer.scale)],
  ['SQNR, dB', layer => number(layer.sqnr)],
  ['Outlier ratio', layer => number(layer.outlierRatio)],
  ['Gradient norm', layer => number(layer.clippedGradientNorm)],
];

/** chosen: told the key of a layer whose name is pressed. */
export function showLayers(latest, chosen) {
  const table = byId('layers');
  const focused = table.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const headings = ['Layer', 'Warnings', ...COLUMNS.map(([heading]) => heading)];
  table.replaceChildren(
    element('caption', {}, `After ${count(latest.iteration)} iterations, in epoch ${latest.epoch}`),
    element('thead', {}, element('tr', {},
      ...headings.map(heading => element('th', {scope: 'col'}, heading)))),
    element('tbody', {}, ...latest.layers.map(layer => row(layer, latest.warnings, chosen))));
  if (focused) {
    [...table.querySelectorAll('button')].filter(button => button.dataset.key === focused)
      .forEach(button => button.focus());
  }
}

function row(layer, warnings, chosen) {
  const kinds = warnings.filter(warning => keyOf(warning) === keyOf(layer)).map(({kind}) => kind);
  const button = element('button', {
    type: 'button', class: 'btn btn-link p-0', title: 'Show this layer', 'data-key': keyOf(layer),
  }, layerName(layer));
  button.addEventListener('click', () => chosen(keyOf(layer)));
  return element('tr', {},
    element('th', {scope: 'row'}, button),
    element('td', {}, kinds.length ? '⚠ ' + kinds.join(', ') : 'none'),
    ...COLUMNS.map(([, text]) => element('td', {}, text(layer))));
}

export function showWarnings(warnings) {
  const box = byId('warnings');
  if (!warnings.length) {
    box.replaceChildren(element('p', {}, 'None in the latest report.'));
    return;
  }
  box.replaceChildren(element('ul', {}, ...warnings.map(warning => element('li', {},
    element('strong', {}, `⚠ ${warning.kind}, ${layerName(warning)}: `), warning.message))));
}
