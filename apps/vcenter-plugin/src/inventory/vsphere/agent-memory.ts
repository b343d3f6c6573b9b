import { readFileSync } from 'node:fs';
import { replaceFile, type Logger } from '@vrouter/service-kit';
import { z } from 'zod';
import type { AgentAddresses } from './agent-vms.ts';

/** Where agents were found, over restarts: a silent guest's agent is where it was. */
export interface AgentMemory {
  /** What was saved last; nothing when there is nothing of use. */
  load(): AgentAddresses;
  save(addresses: AgentAddresses): void;
}

const Saved = z.record(z.string(), z.union([z.ipv4(), z.ipv6()]));

/** In the file `path`. It can be found out again, so a file that is of no use is only worth a warning. */
export function agentMemory(path: string, log: Logger): AgentMemory {
  let saved = '';
  return {
    load() {
      try {
        saved = readFileSync(path, 'utf8');
        return new Map(Object.entries(Saved.parse(JSON.parse(saved))));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          log.warn({ path, err: error }, 'the addresses of agents cannot be read; they are found anew');
        return new Map();
      }
    },
    save(addresses) {
      const text = `${JSON.stringify(Object.fromEntries(addresses), null, 2)}\n`;
      if (text === saved) return;
      try {
        replaceFile(path, text);
        saved = text;
      } catch (error) {
        log.warn({ path, err: error }, 'the addresses of agents cannot be written; a restart forgets them');
      }
    },
  };
}
