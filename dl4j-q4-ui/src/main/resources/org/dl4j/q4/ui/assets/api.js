// The JSON routes; docs/ui.md describes them.

/** An answer of the server that says what is wrong, as opposed to no answer. */
export class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** No answer, or none of this server's. */
export class ConnectionError extends Error {}

async function get(route, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) {
      parameters.set(name, value);
    }
  }
  let response;
  let answer;
  try {
    response = await fetch('/quantization/data/' + route + '?' + parameters);
    answer = await response.json();
  } catch (error) {
    throw new ConnectionError(error.message);
  }
  if (!response.ok) {
    throw new RequestError(response.status, answer.error);
  }
  return answer;
}

export function sessions(session) {
  return get('sessions', {session});
}

export function reports(session, worker, after) {
  return get('reports', {session, worker, after});
}

export function histograms(session, worker, layer, after) {
  return get('histograms', {session, worker, layer: layer.layer, parameter: layer.parameter, after});
}

export function scores(session, after) {
  return get('scores', {session, after});
}
