import type { Lab } from './lab.ts';
import type { Stage } from './play-demo.ts';
import { suggestions } from './print/try-it.ts';
import { supervise } from './supervise.ts';
import { look } from './view/look.ts';
import { watchSides } from './watch-sides.ts';

const RESTART_PAUSE_MS = 5_000;
const LOOK_EVERY_MS = 250;

/** Keeps the lab running and shows what changes, until the user wants to stop. */
export async function stayOpen(lab: Lab, { say, paint, signal }: Stage): Promise<void> {
  say('\nTo try in another terminal:');
  for (const { says, command } of suggestions(lab)) say(`\n  ${paint('strong', says)}\n  ${command}`);
  say('\nCtrl-C stops all. Ports as they change:');
  const pauseMs = RESTART_PAUSE_MS;
  await Promise.all([
    watchSides({ look: () => look(lab), say, paint, signal, everyMs: LOOK_EVERY_MS }),
    ...[...lab.agents, lab.plugin].map((program) =>
      supervise(program, { say: (line) => say(`\n${line}`), signal, pauseMs }),
    ),
  ]);
}
