import { askText } from '@vrouter/testkit/history';
import type { Happening, HistoryEvent } from './event.ts';

/** More would be a campaign out of its mind. */
const EVENTS_MAX = 500_000;

/** All that happened in one round, in the order in which it was seen. */
export class History {
  readonly #beganMs = performance.now();
  readonly #events: HistoryEvent[] = [];
  #keys = 0;

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** Since it began. */
  get nowMs(): number {
    return Math.round((performance.now() - this.#beganMs) * 10) / 10;
  }

  /** How many requests went to agents. */
  get requestCount(): number {
    return this.#keys;
  }

  add(happening: Happening): void {
    if (this.#events.length >= EVENTS_MAX) throw new Error(`more than ${EVENTS_MAX} events in one round`);
    this.#events.push({ ...happening, atMs: this.nowMs });
  }

  note(text: string): void {
    this.add({ kind: 'note', text });
  }

  /** Names a request. */
  nextKey(): number {
    return ++this.#keys;
  }
}

/** `event` for people, in a line. */
export function eventText(event: HistoryEvent): string {
  return `${(event.atMs / 1000).toFixed(3).padStart(8)} s  ${happeningText(event)}`;
}

function happeningText(event: Happening): string {
  switch (event.kind) {
    case 'asked':
      return `${event.agent} <- #${event.key} ${askText(event.ask)}`;
    case 'answered':
      return `${event.agent} -> #${event.key} ${event.status ?? 'no answer'}`;
    case 'died':
      return `${event.agent} is gone`;
    case 'starting':
      return `${event.agent} is started`;
    case 'lying':
      return `${event.agent} ${event.isLying ? 'may lie from now on' : 'does not lie any more'}`;
    case 'clock':
      return `${event.agent}: clock set forward by ${event.advanceMs} ms`;
    case 'table':
      return `${event.agent} holds ${Object.keys(event.ports).length} ports`;
    case 'addresses':
      return `${event.taken.length} addresses are taken in the config API`;
    case 'plugin-starting':
      return 'plugin is started';
    case 'note':
      return event.text;
  }
}
