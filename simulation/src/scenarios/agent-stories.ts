import { ALL_LUCK, type Luck } from '@vrouter/vrouter-agent-sim/simulation';
import type { Step } from '../plan/steps.ts';
import { at, CROWD, LAST_VM, REST_MS, station, type Story } from './story.ts';

/** Files are written behind the answers, and every change begins a new journal. */
const BUSY_JOURNAL: NonNullable<Story['agent']> = { tuning: { growthBytesMax: -1e9, nowMax: 0 } };
const FILES_BEHIND: NonNullable<Story['agent']> = { tuning: { nowMax: 0 } };
const FILES_ALONE: NonNullable<Story['agent']> = { durability: 'file' };

/** The power of the first agent goes for three seconds; its disk keeps so much of what was not flushed. */
function powerCut(afterMs: number, luck: Luck): Step {
  const wanted = JSON.stringify(luck);
  const base = 1 << 9; // three seconds, as the step sees it
  const detail = ALL_LUCK.findIndex((_one, index) => JSON.stringify(luckAt(base + index)) === wanted);
  return station(afterMs, 'power-cut', 'seconds3', 0, detail);
}

const luckAt = (number: number): Luck | undefined => ALL_LUCK[number % ALL_LUCK.length];
const NOTHING_KEPT: Luck = { namesKept: 'none', content: 'none' };
const NAMES_KEPT: Luck = { namesKept: 'all', content: 'none' };
const CONTENT_KEPT: Luck = { namesKept: 'none', content: 'all' };

/** A VM comes, one changes and one goes, and the power goes some moments after each. */
function cutsAfterChanges(afterMs: number, luck: Luck): Step[] {
  return [
    at(REST_MS, 'vm-create', 2),
    powerCut(afterMs, luck),
    at(REST_MS, 'adapter-network', 1 << 4),
    powerCut(afterMs, luck),
    at(REST_MS, 'vm-delete'),
    powerCut(afterMs, luck),
    LAST_VM,
  ];
}

/** What promises of the agent's store, marks and sweeps hang on. */
export const AGENT_STORIES: readonly Story[] = [
  ...[BUSY_JOURNAL, FILES_BEHIND, FILES_ALONE].flatMap((agent, way) =>
    [NOTHING_KEPT, NAMES_KEPT, CONTENT_KEPT].flatMap((luck, number) =>
      [80, 150].map((afterMs) => ({
        title: `power cuts after ${afterMs} ms, way ${way}, luck ${number}`,
        agent,
        steps: cutsAfterChanges(afterMs, luck),
      })),
    ),
  ),
  {
    title: 'killed while a new journal is being written on a slow disk',
    agent: BUSY_JOURNAL,
    steps: [
      station(REST_MS, 'disk-slow', 'seconds90'),
      ...CROWD.map((one) => ({ ...one, afterMs: 150 })),
      station(100, 'agent-kill', 'seconds3'),
      ...CROWD.map((_one, index) => at(150, 'adapter-network', index << 4)),
      station(100, 'agent-kill', 'seconds3'),
      LAST_VM,
    ],
  },
  {
    title: 'a disk that is full once or twice, with files alone',
    agent: FILES_ALONE,
    steps: [
      station(REST_MS, 'disk-full', 'seconds3'),
      at(5, 'vm-create', 2),
      at(200, 'adapter-network', 1 << 4),
      station(REST_MS, 'disk-full', 'seconds3'),
      at(5, 'adapter-network', 2 << 4),
      at(100, 'adapter-connect'),
      LAST_VM,
    ],
  },
  {
    title: 'a restart that nobody notices, before a sweep',
    steps: [at(REST_MS, 'port-foreign'), station(27_500, 'agent-kill', 'ms300'), LAST_VM],
  },
  {
    title: 'a full disk at the time of a sweep that has something to take',
    steps: [at(REST_MS, 'port-foreign'), station(52_000, 'disk-full', 'seconds30'), LAST_VM],
  },
  {
    title: 'a restart between a sync and its adds',
    steps: [
      ...CROWD,
      at(REST_MS, 'operator-resync'),
      station(25, 'link-deaf', 'seconds3'),
      station(500, 'agent-kill', 'ms300'),
      LAST_VM,
    ],
  },
  ...[59_000, 59_500, 60_000].map((afterMs) => ({
    title: `adds in the middle of a sweep, ${afterMs}`,
    steps: [
      ...CROWD,
      station(REST_MS, 'disk-slow', 'seconds200'),
      at(1000, 'operator-resync'),
      station(25, 'link-deaf', 'forEver'),
      at(afterMs, 'link-deaf', 0),
      LAST_VM,
    ],
  })),
];
