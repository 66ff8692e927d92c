// The page: asks for what is new every two seconds, and shows it.

import * as api from './api.js';
import {Chart} from './chart.js';
import {ALL_LAYERS, Choice} from './choice.js';
import {byId, element} from './dom.js';
import {layerName, number, percent} from './format.js';
import {CodesPanel} from './histogram.js';
import {Cursor, sample} from './lines.js';
import * as notices from './notices.js';
import {Histograms, Reports, Scores} from './series.js';
import {showLayers, showWarnings} from './table.js';

const PERIOD = 2000;

const cursor = new Cursor();
const FIGURES = [
  {id: 'levelsUsed', title: 'Levels used', text: number, tick: number, from: 0},
  {id: 'sqnr', title: 'Signal to quantization noise, dB', text: number, tick: number},
  {id: 'flipped', title: 'Flipped since the last report', text: percent, tick: percent, from: 0},
  {id: 'oscillating', title: 'Oscillating', text: percent, tick: percent, from: 0},
  {id: 'scale', title: 'Scale', text: number, tick: number},
  {id: 'saturated', title: 'Saturated', text: percent, tick: percent, from: 0},
];
const charts = FIGURES.map(options => new Chart(options, cursor));
const scoreChart = new Chart({id: 'score', title: 'Score (loss)', text: number, tick: number}, cursor);
const allCharts = [...charts, scoreChart];
byId('charts').prepend(...allCharts.map(chart => chart.node));

const codes = new CodesPanel(iteration => allCharts.forEach(chart => chart.mark(iteration)));
const choice = new Choice(() => { round(); });

let shown; // which session and worker the data are of
let reports = new Reports();
let histograms = null;
let scores = new Map();
let stored = 0;

function forget() {
  reports = new Reports();
  histograms = null;
  scores = new Map();
  stored = 0;
}

/** Keys of the layers with a line each. */
function visible() {
  return choice.layer === ALL_LAYERS ? [...reports.layers.keys()] : [choice.layer];
}

/** The layer whose codes are shown: of all layers, the first. */
function codesLayer() {
  return reports.layers.get(visible()[0]);
}

/** The choice may change while answers are on their way: a round keeps to what it has begun with. */
async function update() {
  const offered = await api.sessions(choice.pinned ? choice.session : null);
  choice.offer(offered);
  const {session, worker} = choice;
  if (session === null) {
    notices.noSession();
    return;
  }
  const found = offered.sessions.find(({id}) => id === session);
  if (found && !found.workers.length) {
    notices.noReports(session);
    return;
  }
  const wanted = JSON.stringify([session, worker]);
  if (wanted !== shown) {
    codes.follow();
  }
  if (wanted !== shown || reports.full) {
    forget();
    shown = wanted;
  }
  stored = found ? found.workers.find(({id}) => id === worker).reports : stored;
  let answer = await api.reports(session, worker, reports.after);
  if (reports.goesBack(answer)) { // a run that was resumed does some iterations again
    forget();
    answer = await api.reports(session, worker, null);
  }
  if (reports.add(answer)) {
    choice.offerLayers(reports.layers);
    showLayers(reports.latest, key => { choice.choose(key); round(); });
    showWarnings(reports.latest.warnings);
  }
  await updateScores(session);
  showLines();
  await updateCodes(session, worker);
  notices.figures(reports, stored);
}

async function updateScores(session) {
  if ([...scores.values()].some(one => one.full)) {
    scores = new Map();
  }
  const after = scores.size ? Math.min(...[...scores.values()].map(one => one.after)) : null;
  for (const answer of (await api.scores(session, after)).workers) {
    if (!scores.has(answer.worker)) {
      scores.set(answer.worker, new Scores(answer.worker));
    }
    scores.get(answer.worker).add(newerThan(answer, scores.get(answer.worker).after));
  }
}

/** Workers are asked about at once, so one may answer what it has said before. */
function newerThan(answer, after) {
  const from = answer.times.findIndex(time => after === null || time > after);
  const cut = column => from < 0 ? [] : column.slice(from);
  return {times: cut(answer.times), iterations: cut(answer.iterations), scores: cut(answer.scores)};
}

async function updateCodes(session, worker) {
  const layer = codesLayer();
  if (!layer) {
    return;
  }
  const same = histograms && histograms.layer.layer === layer.layer &&
    histograms.layer.parameter === layer.parameter && !histograms.full;
  if (!same) {
    histograms = new Histograms(layer);
  }
  histograms.add(await api.histograms(session, worker, layer, histograms.after));
  codes.show(histograms, layerName(layer));
}

function showLines() {
  const order = [...reports.layers.keys()];
  const keys = visible().filter(key => reports.layers.has(key));
  charts.forEach((chart, i) => chart.show(keys.map(key => ({
    name: layerName(reports.layers.get(key)),
    look: order.indexOf(key),
    iterations: reports.iterations,
    values: reports.layers.get(key)[FIGURES[i].id],
  }))));
  scoreChart.show([...scores.values()].map((one, i) => ({
    name: scores.size > 1 ? one.worker : 'score', look: i, iterations: one.iterations, values: one.scores,
  })));
  byId('legend').replaceChildren(...keys.map(key => element('li', {},
    sample(order.indexOf(key)), ' ' + layerName(reports.layers.get(key)))));
}

let timer = null;
let running = false;
let again = false;

/** One round at a time; a choice made in the middle of one begins another. */
async function round() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  clearTimeout(timer);
  try {
    await update();
  } catch (error) {
    if (error instanceof api.RequestError) {
      notices.problem(error.message);
    } else if (error instanceof api.ConnectionError) {
      notices.noConnection();
    } else {
      notices.problem('This page failed: ' + error.message);
      console.error(error);
    }
  }
  running = false;
  timer = setTimeout(round, again ? 0 : PERIOD);
  again = false;
}

round();
