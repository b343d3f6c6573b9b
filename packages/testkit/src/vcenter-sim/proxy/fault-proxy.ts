import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward, send, textOf, type Forwarded } from './exchange.ts';
import type { Answer, Call, Fault } from './fault.ts';
import { faultAnswer } from './soap-fault.ts';

const CALLS_KEPT_MAX = 10_000;

/** Stands before a vCenter (over plain HTTP), and lets things go wrong on the way. */
export interface FaultProxy {
  /** For clients, instead of vCenter's own. */
  readonly url: string;
  /** The methods that clients called, in order; the newest only when there are very many. */
  readonly methods: readonly string[];
  count(method: string): number;
  /** From the next call on, and until the returned function is called. */
  inject(fault: Fault): () => void;
  /** Answers every poll that waits at vCenter right now with this fault. Returns how many there were. */
  interruptPolls(kind: string): number;
  stop(): Promise<void>;
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const faults = new Set<Fault>();
  const methods: string[] = [];
  const counts = new Map<string, number>();
  const polls = new Set<(answer: Answer) => void>();

  const note = (body: string): Call => {
    const method = /<(?:\w+:)?Body><(\w+)/u.exec(body)?.[1] ?? '';
    const nth = counts.get(method) ?? 0;
    counts.set(method, nth + 1);
    methods.push(method);
    if (methods.length > CALLS_KEPT_MAX) methods.shift();
    return { method, nth, body };
  };

  const answerOf = async (call: Call, from: IncomingMessage, to: ServerResponse): Promise<Forwarded> => {
    for (const fault of faults) {
      const answer = fault.instead?.(call);
      if (answer !== undefined) return answer;
    }
    const forwarded = forward(target, from, to, call.body);
    if (call.method !== 'WaitForUpdatesEx') return forwarded;
    let interrupt: ((answer: Answer) => void) | undefined;
    const interrupted = new Promise<Answer>((resolve) => polls.add((interrupt = resolve)));
    try {
      return await Promise.race([forwarded, interrupted]);
    } finally {
      if (interrupt !== undefined) polls.delete(interrupt);
      forwarded.catch(() => undefined);
    }
  };

  const handle = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const call = note(await textOf(from));
    const original = await answerOf(call, from, to);
    const answer = [...faults].reduce((last: Answer, fault) => fault.change?.(call, last) ?? last, original);
    for (const fault of faults) await fault.hold?.(call);
    const cut = [...faults]
      .map((fault) => fault.cutAfter?.(call, answer))
      .find((length) => length !== undefined);
    send(to, answer, original.cookies ?? [], cut);
  };

  const server = createServer((from, to) => {
    handle(from, to).catch(() => to.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(target).pathname}`,
    methods,
    count: (method) => counts.get(method) ?? 0,
    inject(fault) {
      faults.add(fault);
      return () => faults.delete(fault);
    },
    interruptPolls(kind) {
      const waiting = [...polls];
      for (const interrupt of waiting) interrupt(faultAnswer(kind));
      return waiting.length;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
