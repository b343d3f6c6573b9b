import { createConfigApiClient, type ConfigApiClient, type ConfigApiClientOptions } from '../client.ts';
import type { Certificate } from './certificates.ts';
import { rawServer, type RawServer, type Script } from './raw-server.ts';

/** Opens servers and clients, and ends all of them after a test. */
export class Endings {
  readonly #endings: (() => Promise<void>)[] = [];

  async serve(script: Script, certificate?: Certificate): Promise<RawServer> {
    const server = await rawServer(script, certificate);
    this.#endings.push(() => server.close());
    return server;
  }

  connect(url: string, options: Partial<ConfigApiClientOptions> = {}): ConfigApiClient {
    const client = createConfigApiClient({ url, ...options });
    this.#endings.push(() => client.close());
    return client;
  }

  add(end: () => Promise<void>): void {
    this.#endings.push(end);
  }

  async end(): Promise<void> {
    for (const end of this.#endings.splice(0).toReversed()) await end();
  }
}

export const UUID = '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3';
export const OTHER = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';
