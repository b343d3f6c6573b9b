import { VcenterSimError } from './errors.ts';
import { element, envelope, text, type Reference } from './xml.ts';

const ANSWER_TIME_MS_MAX = 30_000;
const SERVICE_SESSION: Reference = { type: 'SessionManager', value: 'SessionManager' };
const PROPERTY_COLLECTOR: Reference = { type: 'PropertyCollector', value: 'propertyCollector' };

/** The operator's own session on a running simulator: plain SOAP calls, and the door that only tests have. */
export class OperatorConnection {
  readonly #origin: string;
  readonly #login: string;
  #cookie: string | undefined;

  constructor(origin: string, username: string, password: string) {
    this.#origin = origin;
    this.#login = element('userName', username) + element('password', password);
  }

  /** The inside of the answer. A lost session is renewed, once. */
  async call(method: string, self: Reference, args = ''): Promise<string> {
    if (this.#cookie === undefined) await this.#logIn();
    const first = await this.#post(method, self, args);
    if (first.ok) return first.body;
    if (!first.body.includes('NotAuthenticated')) throw refused(method, first.body);
    await this.#logIn();
    const second = await this.#post(method, self, args);
    if (second.ok) return second.body;
    throw refused(method, second.body);
  }

  /** Runs a `…_Task` method to its end; the result is the reference of what it made, empty if it made nothing. */
  async task(method: string, self: Reference, args = ''): Promise<string> {
    const task = text(await this.call(method, self, args), 'returnval');
    const info = await this.properties({ type: 'Task', value: task }, [
      'info.state',
      'info.error',
      'info.result',
    ]);
    // The simulator runs every task before it answers.
    if (!/<name>info\.state<\/name><val[^>]*>success</u.test(info)) throw refused(method, info);
    return /<name>info\.result<\/name><val[^>]*>([^<]*)</u.exec(info)?.[1] ?? '';
  }

  async properties(of: Reference, names: readonly string[]): Promise<string> {
    const paths = names.map((name) => element('pathSet', name)).join('');
    const spec = `<propSet><type>${of.type}</type>${paths}</propSet><objectSet><obj type="${of.type}">${of.value}</obj></objectSet>`;
    return this.call('RetrievePropertiesEx', PROPERTY_COLLECTOR, `<specSet>${spec}</specSet><options/>`);
  }

  /** The text of one simple property. */
  async property(of: Reference, name: string): Promise<string> {
    return /<val[^>]*>([^<]*)</u.exec(await this.properties(of, [name]))?.[1] ?? '';
  }

  /** The reference at a path such as `/DC0/vm`; its value is empty when nothing is there. */
  async find(type: string, path: string): Promise<Reference> {
    const searchIndex = { type: 'SearchIndex', value: 'SearchIndex' };
    const answer = await this.call('FindByInventoryPath', searchIndex, element('inventoryPath', path));
    return { type, value: text(answer, 'returnval') };
  }

  /** Ends every session but this one, as an administrator would. */
  async terminateOtherSessions(): Promise<void> {
    const list = await this.properties(SERVICE_SESSION, ['sessionList', 'currentSession']);
    const current = /<name>currentSession<\/name><val.*?<key>([^<]*)</su.exec(list)?.[1];
    const keys = [...list.matchAll(/<key>([^<]*)<\/key>/gu)].map((match) => match[1] ?? '');
    for (const key of new Set(keys)) if (key !== current) await this.#terminate(key);
  }

  /** A request to the test door; `path` is what follows `/x/`. */
  async door(path: string, body = ''): Promise<string> {
    const answer = await this.#fetch(`${this.#origin}/x/${path}`, body);
    if (!answer.ok) throw refused(path, answer.body);
    return answer.body;
  }

  /** A client that logs out meanwhile is as good. */
  async #terminate(key: string): Promise<void> {
    const ended = this.call('TerminateSession', SERVICE_SESSION, element('sessionId', key));
    await ended.catch((error: Error) => {
      if (!error.message.includes('NotFound')) throw error;
    });
  }

  async #logIn(): Promise<void> {
    this.#cookie = undefined;
    const answer = await this.#post('Login', SERVICE_SESSION, this.#login);
    if (!answer.ok) throw refused('Login', answer.body);
  }

  #post(method: string, self: Reference, args: string): Promise<{ ok: boolean; body: string }> {
    return this.#fetch(`${this.#origin}/sdk`, envelope(method, self, args));
  }

  async #fetch(url: string, body: string): Promise<{ ok: boolean; body: string }> {
    const headers: Record<string, string> = { 'content-type': 'text/xml; charset=utf-8' };
    if (this.#cookie !== undefined) headers.cookie = this.#cookie;
    const signal = AbortSignal.timeout(ANSWER_TIME_MS_MAX);
    const answer = await fetch(url, { method: 'POST', body, headers, signal });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    return { ok: answer.ok, body: await answer.text() };
  }
}

/** With the kind of the fault and its words, or with the whole answer when there is none in it. */
function refused(what: string, answer: string): VcenterSimError {
  const kind = /<(?:fault|detail><Fault|detail><\w+Fault) [^>]*type="(?:\w+:)?(\w+)"/u.exec(answer)?.[1];
  const words = text(answer, 'faultstring');
  const shown = kind === undefined ? answer.slice(0, 2000) : `${kind}${words === '' ? '' : ` (${words})`}`;
  return new VcenterSimError('REFUSED', `${what}: ${shown}`);
}
