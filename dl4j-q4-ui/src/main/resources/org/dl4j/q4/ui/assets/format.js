// Numbers and times as text. null is a figure that is not known.

const UNKNOWN = '–';

/** Four digits that count. */
export function number(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) {
    return value.toExponential(2);
  }
  return String(Number(value.toPrecision(4)));
}

/** A share from 0 to 1. */
export function percent(value) {
  return value === null || value === undefined ? UNKNOWN : number(100 * value) + ' %';
}

export function count(value) {
  return value.toLocaleString('en');
}

export function time(milliseconds) {
  return new Date(milliseconds).toLocaleString();
}

/** A layer's parameter; W is what most have, and goes without saying. */
export function layerName(layer) {
  return layer.parameter === 'W' ? layer.layer : layer.layer + ' · ' + layer.parameter;
}
