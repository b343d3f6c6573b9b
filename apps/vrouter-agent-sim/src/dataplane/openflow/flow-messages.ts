import type { Flow } from '../flows/flow.ts';
import { cookieOf } from './cookie.ts';
import { encodeMessage, pack, TYPE } from './message.ts';
import { encodeMatch, encodeRule } from './rule.ts';

const ANY = 0xffffffff;
const ALL_TABLES = 0xff;
const ALL_BITS = 2n ** 64n - 1n;

const COMMAND = { add: 0, delete: 3 } as const;
const FLOW_STATS = 1;
const MORE_TO_COME = 1;
/** Where the cookie stands in an entry of a list of flows. */
const COOKIE_AT = 24;

/** Kinds of bundle control. */
export const BUNDLE = { open: 0, commit: 4, committed: 5 } as const;
/** All or nothing, in order. */
const BUNDLE_FLAGS = 1 | 2;

/** The body of a message that adds `flow`; one that matches alike is replaced. */
export function addition(flow: Flow): Buffer {
  const { table, priority } = flow;
  return Buffer.concat([modification(cookieOf(flow), 0n, table, COMMAND.add, priority), encodeRule(flow)]);
}

/** The body of a message that removes all flows with this cookie. */
export function removal(cookie: bigint): Buffer {
  const head = modification(cookie, ALL_BITS, ALL_TABLES, COMMAND.delete, 0);
  return Buffer.concat([head, encodeMatch([])]);
}

/** Messages that make one change of `modifications`, in their order. */
export function bundle(bundleId: number, modifications: readonly Buffer[]): Buffer {
  const control = (kind: number): Buffer =>
    encodeMessage({
      type: TYPE.bundleControl,
      id: bundleId,
      body: pack([4, bundleId], [2, kind], [2, BUNDLE_FLAGS]),
    });
  const additions = modifications.map((body) => {
    const inner = encodeMessage({ type: TYPE.flowMod, id: bundleId, body });
    const head = pack([4, bundleId], [2, 0], [2, BUNDLE_FLAGS]);
    return encodeMessage({ type: TYPE.bundleAdd, id: bundleId, body: Buffer.concat([head, inner]) });
  });
  return Buffer.concat([control(BUNDLE.open), ...additions, control(BUNDLE.commit)]);
}

/** The message that asks for all flows. */
export function flowListRequest(id: number): Buffer {
  const head = pack([2, FLOW_STATS], [2, 0], [4, 0]);
  const filter = pack([1, ALL_TABLES], [1, 0], [2, 0], [4, ANY], [4, ANY], [4, 0], [8, 0], [8, 0]);
  const body = Buffer.concat([head, filter, encodeMatch([])]);
  return encodeMessage({ type: TYPE.multipartRequest, id, body });
}

/** The cookies in one part of a list of flows, and whether another part follows. */
export function readFlowList(body: Buffer): { readonly cookies: readonly bigint[]; readonly more: boolean } {
  const cookies: bigint[] = [];
  let at = 8;
  while (at < body.length) {
    const length = body.readUInt16BE(at);
    if (length < COOKIE_AT + 8)
      throw new Error(`expected a flow of more than ${COOKIE_AT + 8} bytes, got ${length}`);
    cookies.push(body.readBigUInt64BE(at + COOKIE_AT));
    at += length;
  }
  return { cookies, more: (body.readUInt16BE(2) & MORE_TO_COME) !== 0 };
}

function modification(
  cookie: bigint,
  mask: bigint,
  table: number,
  command: number,
  priority: number,
): Buffer {
  return pack(
    [8, cookie],
    [8, mask],
    [1, table],
    [1, command],
    [4, 0], // it never runs out
    [2, priority],
    [4, ANY], // no frame waits for it
    [4, ANY],
    [4, ANY],
    [4, 0],
  );
}
