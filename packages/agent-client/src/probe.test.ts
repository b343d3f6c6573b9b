import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { createAgentClient } from './agent-client.ts';
import { never, scriptedServer } from './testing/scripted-server.ts';

test('tells whether something accepts connections, without a request', async () => {
  const server = await scriptedServer(never);
  const client = createAgentClient({ url: server.url });
  try {
    expect(await client.probe()).toBe(true);
    await waitFor(() => server.ends.length === 1, { what: 'the probe to be closed' });
    expect(server.ends).toEqual(['closed']);
    expect(server.requests).toEqual([]);
    await server.close();
    expect(await client.probe()).toBe(false);
  } finally {
    await client.close();
    await server.close();
  }
});

test('takes no longer than connecting may', async () => {
  const server = await scriptedServer(never);
  const timer = {
    schedule(_delayMs: number, action: () => void) {
      queueMicrotask(action);
      return () => undefined;
    },
  };
  const client = createAgentClient({ url: server.url, timer });
  try {
    expect(await client.probe()).toBe(false);
  } finally {
    await client.close();
    await server.close();
  }
});

test('can be called off', async () => {
  const server = await scriptedServer(never);
  const client = createAgentClient({ url: server.url });
  try {
    const callOff = new AbortController();
    const probe = client.probe(callOff.signal);
    callOff.abort();
    expect(await probe).toBe(false);
    expect(await client.probe(AbortSignal.abort())).toBe(false);
  } finally {
    await client.close();
    await server.close();
  }
});
