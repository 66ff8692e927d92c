// What the page says about itself.

import {byId} from './dom.js';
import {count} from './format.js';

function set(id, text) {
  if (byId(id).textContent !== text) { // a screen reader reads out what changes
    byId(id).textContent = text;
  }
}

function say(text) {
  set('status', text);
  set('alarm', '');
}

function alarm(text) {
  set('alarm', text);
}

function show(figures) {
  byId('figures').hidden = !figures;
  byId('empty').hidden = figures;
}

export function noSession() {
  show(false);
  say('No training session yet.');
}

export function noReports(session) {
  show(false);
  say(`Session ${session} has no reports of quantization.`);
}

export function figures(reports, stored) {
  show(true);
  const text = `${count(reports.length)} reports, up to iteration ${count(reports.latest.iteration)}`;
  say(stored > reports.length ? `${text}, evenly chosen of ${count(stored)}.` : text + '.');
}

export function noConnection() {
  alarm('No connection to the server. What is shown stays; this page tries again every two seconds.');
}

export function problem(message) {
  alarm(message);
}
