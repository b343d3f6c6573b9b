import { SaxesParser } from 'saxes';
import { systemClock } from '../src/clock.ts';
import { Collector } from '../src/collector/collector.ts';
import { startsOf } from '../src/collector/scope.ts';
import { requestEnvelope } from '../src/soap/envelope.ts';
import { logIn, logOut } from '../src/soap/session.ts';
import { SoapClient } from '../src/soap/soap-client.ts';
import { Transport } from '../src/soap/transport.ts';
import type { Target } from './read-once.ts';

const READ = '<version></version><options><maxWaitSeconds>0</maxWaitSeconds></options>';
const TIME_MS_MAX = 120_000;

/** How long it takes, in milliseconds, to ask for the inventory and run the parser over it, doing nothing with it. */
export async function downloadAndParse({ url, username, password }: Target): Promise<number> {
  const transport = new Transport({ url, clock: systemClock });
  const { signal } = new AbortController();
  const client = new SoapClient(transport);
  try {
    const session = await logIn(client, { username, password }, signal);
    const collector = await Collector.create(client, session.propertyCollector, signal);
    await collector.createFilter(await startsOf(client, session, {}, signal));
    const startedAtMs = performance.now();
    const parser = new SaxesParser();
    await transport.post({
      headers: { 'content-type': 'text/xml; charset=utf-8', cookie: client.cookie ?? '' },
      body: requestEnvelope('WaitForUpdatesEx', collector.reference, READ),
      timeoutMs: TIME_MS_MAX,
      signal,
      onText: (text) => parser.write(text),
    });
    parser.close();
    const tookMs = performance.now() - startedAtMs;
    await logOut(client, session);
    return tookMs;
  } finally {
    await transport.close();
  }
}
