import { StartError, type ListenAddress, type Listener } from '@vrouter/service-kit';
import { expect, test } from 'vitest';
import { Config } from '../config.ts';
import { configsOfAgents } from '../fleet/configs-of-agents.ts';
import { openIntrospection } from './open-introspection.ts';

interface Opened {
  readonly tried: string[];
  readonly warnings: string[];
  readonly isOpen: boolean;
}

/** What becomes of `settings` where the addresses in `taken` belong to others. */
async function openWith(settings: Record<string, unknown>, taken: readonly string[] = []): Promise<Opened> {
  const [config] = configsOfAgents(Config.parse({ stateDir: 'x', ...settings }));
  const tried: string[] = [];
  const warnings: string[] = [];
  const open = async ({ host, port }: ListenAddress): Promise<Listener> => {
    const address = `${host}:${port}`;
    tried.push(address);
    if (taken.includes(address)) throw new StartError('BAD_CONFIG', `Cannot listen on ${address}: taken`);
    return { url: `http://${address}`, stop: async () => undefined };
  };
  const listener = await openIntrospection(config!, { warn: (text: string) => warnings.push(text) }, open);
  return { tried, warnings, isOpen: listener !== undefined };
}

test('an address that was asked for and is taken ends the start', async () => {
  const address = '127.0.0.1:8085';
  await expect(openWith({ introspectListen: address }, [address])).rejects.toThrow(`on ${address}: taken`);
});

test('the address that nobody asked for may be taken: the agent serves without, and tells how to have it', async () => {
  expect(await openWith({}, ['127.0.0.1:8085'])).toEqual({
    tried: ['127.0.0.1:8085'],
    warnings: [expect.stringMatching(/Cannot listen on 127\.0\.0\.1:8085.*--introspect-listen/)],
    isOpen: false,
  });
});

test('any other error is a defect, and not taken for that', async () => {
  const config = Config.parse({ stateDir: 'x' });
  const open = () => Promise.reject(new TypeError('broken'));
  await expect(openIntrospection(config, { warn: () => undefined }, open)).rejects.toThrow('broken');
});

test.each([
  [{}, ['127.0.0.1:8085']],
  [{ listen: '0.0.0.0:9091' }, ['127.0.0.1:8085']],
  [{ listen: '127.0.0.1:0' }, ['127.0.0.1:0']],
  [{ listen: '127.0.0.1:0', introspectListen: '127.0.0.2:8085' }, ['127.0.0.2:8085']],
  [{ agents: 2 }, []],
  [{ agents: 2, introspectListen: '127.0.0.1:8085' }, ['127.0.0.1:8085']],
  [{ introspectListen: 'none' }, []],
])('%j opens %j', async (settings, tried) => {
  expect(await openWith(settings)).toEqual({ tried, warnings: [], isOpen: tried.length > 0 });
});
