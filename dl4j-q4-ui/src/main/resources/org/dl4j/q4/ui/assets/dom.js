// Elements, made without markup: what comes from files becomes text or an attribute's value, never HTML.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** An HTML element; strings among the children become text. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Options [{value, text}] of a select, left alone if they are the same: a list that is open stays open. */
export function setOptions(select, options, chosen) {
  const same =
    select.options.length === options.length &&
    options.every((option, i) =>
      select.options[i].value === option.value && select.options[i].text === option.text);
  if (!same) {
    select.replaceChildren(
      ...options.map(option => element('option', {value: option.value}, option.text)));
  }
  if (select.value !== chosen) {
    select.value = chosen;
  }
}
