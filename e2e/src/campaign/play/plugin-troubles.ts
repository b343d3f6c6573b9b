import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginTrouble } from '../plan/plan.ts';
import { WALL_CLOCK_JUMPS_SECONDS } from '../plan/troubles.ts';
import type { Stage } from '../stage/stage.ts';
import { chosen } from './chosen.ts';

/** Plays one trouble of the plugin from beginning to end; it runs again when this returns. */
export async function playPluginTrouble(stage: Stage, trouble: PluginTrouble): Promise<void> {
  const { supervised, world } = stage;
  const { kind, forMs, number } = trouble;
  switch (kind) {
    case 'kill':
    case 'stop':
      await supervised.endPlugin(kind === 'stop' ? 'stop' : 'crash');
      await sleep(forMs);
      return supervised.startPlugin();
    case 'kill-twice':
      await supervised.endPlugin('crash');
      await supervised.startPlugin();
      await sleep(forMs);
      await supervised.endPlugin('crash');
      return supervised.startPlugin();
    case 'pause':
      return pause(world.plugin.pid, forMs);
    case 'disk-full':
      return fullDisk(stage, forMs);
    case 'wall-clock':
      return stage.wallClocks.set('plugin', chosen(WALL_CLOCK_JUMPS_SECONDS, number));
  }
}

async function pause(pid: number | undefined, forMs: number): Promise<void> {
  if (pid === undefined) throw new Error('the plugin is not running');
  process.kill(pid, 'SIGSTOP');
  await sleep(forMs);
  process.kill(pid, 'SIGCONT');
}

/** It may end rather than forget what it owes; whoever looks after it starts it once there is room. */
async function fullDisk(stage: Stage, forMs: number): Promise<void> {
  const { supervised } = stage;
  const disk = stage.diskOf('plugin');
  supervised.mayEnd.add('plugin');
  disk.fill();
  await sleep(forMs);
  disk.free();
  await supervised.endPlugin('crash');
  supervised.mayEnd.delete('plugin');
  await supervised.startPlugin();
}
