// What the visitor looks at: in the selects, and in the page's address, so that it can be shared.

import {byId, setOptions} from './dom.js';
import {layerName, time} from './format.js';

export const ALL_LAYERS = '';

export class Choice {
  /** changed: called when the visitor has chosen something else. */
  constructor(changed) {
    const address = new URLSearchParams(location.search);
    this.session = address.get('session');
    this.worker = address.get('worker');
    this.layer = address.get('layer') || ALL_LAYERS;
    /** Without a session in the address or chosen by hand, the page goes with the newest. */
    this.pinned = this.session !== null;
    const select = (name, also) => byId(name).addEventListener('change', event => {
      this[name] = event.target.value;
      also();
      this.remember();
      changed();
    });
    select('session', () => { this.worker = null; this.pinned = true; });
    select('worker', () => { this.pinned = true; });
    select('layer', () => {});
  }

  remember() {
    const address = new URLSearchParams();
    for (const name of ['session', 'worker', 'layer']) {
      if (this[name] && (name === 'layer' || this.pinned)) {
        address.set(name, this[name]);
      }
    }
    const query = address.toString();
    history.replaceState(null, '', location.pathname + (query ? '?' + query : ''));
  }

  /** Takes over what the server has; whether that changes what is looked at. */
  offer({sessions, multiSession}) {
    const before = this.session + '\n' + this.worker;
    const found = sessions.find(({id}) => id === this.session);
    if (!found && !this.pinned || this.session === null) {
      this.session = sessions.length ? sessions[0].id : null;
    } else if (!this.pinned) {
      this.session = sessions[0].id;
    }
    const options = sessions.map(({id, first}) => ({
      value: id, text: first === null ? id : `${id} (${time(first)})`,
    }));
    if (this.session !== null && !sessions.some(({id}) => id === this.session)) {
      options.push({value: this.session, text: this.session + ' (not attached)'});
    }
    setOptions(byId('session'), options, this.session);
    this.offerWorkers(sessions.find(({id}) => id === this.session));
    this.link(multiSession);
    return before !== this.session + '\n' + this.worker;
  }

  offerWorkers(session) {
    const workers = session ? session.workers.map(({id}) => id) : [];
    if (workers.length && !workers.includes(this.worker)) {
      this.worker = workers[0];
    }
    byId('workerChoice').hidden = workers.length < 2;
    setOptions(byId('worker'), workers.map(id => ({value: id, text: id})), this.worker);
  }

  /** layers: a Map from key to {layer, parameter}. */
  offerLayers(layers) {
    if (!layers.has(this.layer)) {
      this.layer = ALL_LAYERS;
    }
    setOptions(byId('layer'), [
      {value: ALL_LAYERS, text: 'All layers'},
      ...[...layers].map(([key, layer]) => ({value: key, text: layerName(layer)})),
    ], this.layer);
  }

  choose(layer) {
    this.layer = layer;
    this.remember();
  }

  /** DL4J's pages have the session in their paths if its server keeps several apart. */
  link(multiSession) {
    const middle = multiSession && this.session ? encodeURIComponent(this.session) + '/' : '';
    document.querySelectorAll('[data-page]').forEach(link => {
      link.href = '/train/' + middle + link.dataset.page;
    });
  }
}
