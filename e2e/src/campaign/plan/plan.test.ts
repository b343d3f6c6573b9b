import { expect, test } from 'vitest';
import { planOf, type Plan, type Trouble } from './plan.ts';
import { AGENT_TROUBLES, CONFIG_API_TROUBLES, PLUGIN_TROUBLES, VCENTER_TROUBLES } from './troubles.ts';

const ALL = { disks: true, wallClocks: true, vcenter: true };
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

const timelines = ({ agents, plugin, vcenter, file, configApi }: Plan): (readonly Trouble[])[] => [
  ...agents,
  plugin,
  vcenter,
  file,
  configApi,
];
const kinds = (list: readonly (readonly Trouble[])[]): Set<string> =>
  new Set(list.flat().map(({ kind }) => kind));

test('the same seed is the same plan, and another seed is not', () => {
  expect(planOf(7, {}, ALL)).toEqual(planOf(7, {}, ALL));
  expect(planOf(7, {}, ALL)).not.toEqual({ ...planOf(11, {}, ALL), seed: 7 });
});

test('the troubles of a process follow one another, and end within the time', () => {
  for (const seed of SEEDS)
    for (const timeline of timelines(planOf(seed, {}, ALL))) {
      const lengthMs = timeline.reduce((sum, { afterMs, forMs }) => sum + afterMs + forMs, 0);
      expect(lengthMs).toBeLessThanOrEqual(15_000);
      for (const { afterMs, forMs } of timeline) expect(Math.min(afterMs, forMs)).toBeGreaterThanOrEqual(0);
    }
});

test('four rounds in turn have every mode, both inventories and both profiles in them', () => {
  const settings = [8, 9, 10, 11].map((seed) => planOf(seed, {}, ALL).setting);
  expect(new Set(settings.map(({ mode }) => mode)).size).toBe(3);
  expect(new Set(settings.map(({ inventory }) => inventory))).toEqual(new Set(['vsphere', 'file']));
  expect(new Set(settings.map(({ profile }) => profile))).toEqual(new Set(['blueprint', 'tf']));
});

test('what is asked for is what is played', () => {
  const given = { mode: 'standalone', inventory: 'file', profile: 'tf' } as const;
  for (const seed of SEEDS) {
    const plan = planOf(seed, given, ALL);
    expect(plan.setting).toMatchObject(given);
    expect([plan.vcenter, plan.configApi]).toEqual([[], []]);
  }
});

test('every kind of trouble has its turn', () => {
  const plans = SEEDS.map((seed) => planOf(seed, {}, ALL));
  const seen = (pick: (plan: Plan) => readonly Trouble[]): Set<string> => kinds(plans.map(pick));
  expect(seen((plan) => plan.agents[0])).toEqual(new Set(Object.keys(AGENT_TROUBLES)));
  expect(seen((plan) => plan.plugin)).toEqual(new Set(Object.keys(PLUGIN_TROUBLES)));
  expect(seen((plan) => plan.vcenter)).toEqual(new Set(Object.keys(VCENTER_TROUBLES)));
  expect(seen((plan) => plan.configApi)).toEqual(new Set(Object.keys(CONFIG_API_TROUBLES)));
});

test('what the machine cannot do is not planned', () => {
  for (const seed of SEEDS) {
    const seen = kinds(timelines(planOf(seed, {}, { disks: false, wallClocks: false, vcenter: false })));
    expect([...seen].filter((kind) => /disk-full|wall-clock|sessions/.test(kind))).toEqual([]);
  }
});
