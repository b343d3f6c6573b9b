import type { Ask } from './agent-model.ts';
import { textsOf } from './port-texts.ts';

/** What a request asks for, from its bytes. */
export function askOf(kind: string, path: string, body: string): Ask {
  if (kind === 'sync') return { kind };
  if (kind === 'add') {
    const sent = JSON.parse(body) as Record<string, unknown> | Record<string, unknown>[];
    const ports = (Array.isArray(sent) ? sent : [sent]).map((port) => ({
      id: String(port['id']),
      ...textsOf(port),
    }));
    return { kind, ports };
  }
  const id = /^\/[a-z-]+\/([0-9a-f-]{36})/.exec(path)?.[1];
  if (id === undefined || !isOnPort(kind)) throw new Error(`${kind} ${path} is no request`);
  return { kind, id };
}

export function askText(ask: Ask): string {
  if (ask.kind === 'sync') return 'sync';
  if (ask.kind !== 'add') return `${ask.kind} ${ask.id.slice(0, 8)}`;
  return `add ${ask.ports.map(({ id, record }) => `${id.slice(0, 8)} (${record.split(' ').slice(2).join(' ')})`).join(', ')}`;
}

function isOnPort(kind: string): kind is 'delete' | 'enable' | 'disable' | 'get' {
  return ['delete', 'enable', 'disable', 'get'].includes(kind);
}
