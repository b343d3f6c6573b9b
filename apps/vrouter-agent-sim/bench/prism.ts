import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { waitFor, workspaceFile } from '@vrouter/testkit';
import { portOf } from './port-of.ts';

const READY_MS_MAX = 60_000;

/**
 * A mock server that holds requests against our OpenAPI and keeps nothing. Resolves when it takes ports, and refuses
 * what is none: a mock that does not look would be no comparison.
 */
export async function startPrism(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const where = ['-h', '127.0.0.1', '-p', String(port)];
  const args = [file, 'mock', ...where, '--errors', '-m', 'false', '-v', 'silent'];
  const child = spawn(process.execPath, [...args, workspaceFile('docs/reference/openapi.json')], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  process.once('exit', () => child.kill('SIGKILL'));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const isTaken = () => statusOf(url, portOf(1)).then((status) => status === 200);
    await waitFor(isTaken, { what: 'prism to take a port', timeoutMs: READY_MS_MAX });
    const status = await statusOf(url, { ...portOf(1), type: 9 });
    if (status < 400) throw new Error(`prism answered ${status} to a port of type 9: it does not validate`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function statusOf(url: string, body: unknown): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/port`, { method: 'POST', headers, body: JSON.stringify(body) });
  await answer.text();
  return answer.status;
}

/** Prism does not tell which port it got, so it cannot be asked for any. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
