import { createLogger, systemClock, type Clock } from '@vrouter/service-kit';
import { temporaryFolder } from '@vrouter/testkit';
import { Config } from '../config.ts';
import { startServer, type RunningServer } from '../start.ts';
import { IPAM, PROJECT } from './model-driver.ts';

export interface Answer {
  readonly status: number;
  /** Parsed where it is JSON, text otherwise. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** A server in this process, on real sockets and a real file. */
export class LiveServer {
  readonly #folder = temporaryFolder();
  readonly #settings: Readonly<Record<string, unknown>>;
  readonly #clock: Clock;
  #running: RunningServer | undefined;

  constructor({ clock = systemClock, ...settings }: { clock?: Clock; [setting: string]: unknown } = {}) {
    this.#settings = settings;
    this.#clock = clock;
  }

  get stateDir(): string {
    return this.#folder.path;
  }

  async start(): Promise<this> {
    const address = '127.0.0.1:0';
    const config = Config.parse({
      listen: address,
      adminListen: address,
      stateDir: this.stateDir,
      ...this.#settings,
    });
    this.#running = await startServer(config, { clock: this.#clock, log: createLogger('test', 'silent') });
    return this;
  }

  get url(): string {
    return this.#started.url;
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return exchange(`${this.url}${path}`, method, body, headers);
  }

  admin(method: string, path: string, body?: unknown): Promise<Answer> {
    return exchange(`${this.#started.adminUrl}${path}`, method, body);
  }

  /** Creates an object and returns its uuid. */
  async create(type: string, body: object): Promise<string> {
    const answer = await this.call('POST', `/${type}s`, { [type]: body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${String(answer.body)}`);
    return (answer.body as Record<string, { uuid: string }>)[type]?.uuid ?? '';
  }

  async read(type: string, uuid: string, query = ''): Promise<Record<string, unknown>> {
    const { body } = await this.call('GET', `/${type}/${uuid}${query}`);
    return (body as Record<string, Record<string, unknown>>)[type] ?? {};
  }

  /** The plugin's project and IPAM, and a network `blue` with the subnet 10.0.0.0/24. */
  async furnish(): Promise<{ project: string; ipam: string; network: string }> {
    const project = await this.create('project', { fq_name: PROJECT });
    const ipam = await this.create('network-ipam', { fq_name: IPAM });
    const subnet = { ip_prefix: '10.0.0.0', ip_prefix_len: 24 };
    const attr = { ipam_subnets: [{ subnet, addr_from_start: true }] };
    const network = await this.create('virtual-network', {
      fq_name: [...PROJECT, 'blue'],
      network_ipam_refs: [{ to: IPAM, attr }],
    });
    return { project, ipam, network };
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    this.#folder.remove();
  }

  get #started(): RunningServer {
    if (this.#running === undefined) throw new Error('the server is not started');
    return this.#running;
  }
}

async function exchange(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = body === undefined ? { headers } : { body: text, headers: { ...JSON_TYPE, ...headers } };
  const response = await fetch(url, { method, ...init });
  const answered = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  return {
    status: response.status,
    body: isJson ? (JSON.parse(answered) as unknown) : answered,
    headers: response.headers,
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
