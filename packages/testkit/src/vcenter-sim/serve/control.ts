import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VcenterSimError } from '../errors.ts';

const FOLDER = fileURLToPath(new URL('../../../../../.cache/vcenter-sim/serving/', import.meta.url));
const WORDS_CHARS_MAX = 10_000;
const ANSWER_TIME_MS_MAX = 60_000;

/**
 * Takes commands, word by word as JSON, for the vCenter at `address`. Loopback only; a file in the checkout's cache tells
 * where, so that the user needs to know nothing but the address of vCenter.
 */
export async function takeCommands(
  address: string,
  run: (words: readonly string[]) => Promise<string>,
): Promise<{ stop(): Promise<void> }> {
  const handle = async (body: string): Promise<string> => run(JSON.parse(body) as string[]);
  const server = createServer((request, answer) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece;
      if (body.length > WORDS_CHARS_MAX) request.destroy();
    });
    request.on('end', () => {
      handle(body).then(
        (text) => answer.end(text),
        (error: unknown) => answer.writeHead(400).end(error instanceof Error ? error.message : String(error)),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(fileFor(address), `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    async stop() {
      await rm(fileFor(address), { force: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Has the vCenter at `address` do it; the answer is for the user to read. Throws `NOT_SERVED`, or what it refused. */
export async function sendCommand(address: string, words: readonly string[]): Promise<string> {
  const answer = await ask(address, JSON.stringify(words));
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

async function ask(address: string, body: string): Promise<Response> {
  try {
    const url = await readFile(fileFor(address), 'utf8');
    return await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(ANSWER_TIME_MS_MAX) });
  } catch (error) {
    throw new VcenterSimError('NOT_SERVED', `No vCenter simulator is served at ${address}`, { cause: error });
  }
}

function fileFor(address: string): string {
  return join(FOLDER, address.replaceAll(/[^\w.]/gu, '-'));
}
