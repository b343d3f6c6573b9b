import { expect, test } from 'vitest';
import { SECTIONS } from '../behaviours/behaviours.ts';
import { PROFILE_NAMES, type ProfileName } from '../profiles.ts';
import { CHECKS } from './all.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** The first, general list of behaviours, 1 to 111, and to whom each applies. Written by hand, not made from the checks. */
const GENERAL = words(`
  1 6 7 9 11 13 14 15 17 18 19 37 38 39 41 43 45 46 47 49 50 51 54 57 58 59 61
  75 77 78 79 81 82 83 86 90 94 95 106 107 109 110 111
`);
const REAL = words('2 3 5 10 42 85');
const WITH_LINK_STATE = words('35 66 67 69 70 71 73 74 87');
const NORMALISING = words('23 26 27 29 34');
const MODERN = words('21 22 25 30 31 33 53 55 62 63 89 91 93 97 99 101 102 103 105');

const APPLIES: Readonly<Record<ProfileName, readonly string[]>> = {
  blueprint: [
    ...GENERAL,
    ...WITH_LINK_STATE,
    ...NORMALISING,
    '31',
    '53',
    ...words('A1 A2 A3 A4 A5 A6 A7 A8 A9'),
  ],
  'r3.1': [...GENERAL, ...REAL, ...words('22 23 26 27 33 55 65 89 91 93 97 99')],
  'r4.1': [...GENERAL, ...REAL, ...NORMALISING, ...MODERN],
  tf: [...GENERAL, ...REAL, ...NORMALISING, ...MODERN, ...WITH_LINK_STATE, '98'],
};

const sorted = (ids: Iterable<string>): string[] =>
  [...new Set(ids)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));

test.for(PROFILE_NAMES)('every behaviour of the general list that applies to %s has a check', (profile) => {
  const facts = CHECKS.filter(({ profiles }) => profiles.includes(profile)).map(({ fact }) => fact);
  const covered = facts.filter((fact) => fact.startsWith('A') || Number(fact) <= 111);
  expect(sorted(covered)).toEqual(sorted(APPLIES[profile]));
});

test('every behaviour has a check, and there are many', () => {
  const facts = new Set<string>(CHECKS.map(({ fact }) => fact));
  const behaviours = Object.values(SECTIONS).flatMap((section) => Object.keys(section));
  expect(behaviours.filter((id) => !facts.has(id))).toEqual([]);
  expect(new Set(behaviours).size).toBe(behaviours.length);
  for (const profile of PROFILE_NAMES) {
    expect(CHECKS.filter(({ profiles }) => profiles.includes(profile)).length).toBeGreaterThanOrEqual(150);
  }
});

test('every check has a name of its own, a title of one line, and a profile', () => {
  const names = CHECKS.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  for (const { name, title, profiles } of CHECKS) {
    expect(name).toMatch(/^[a-z-]+\/\S.*$/);
    expect(title, name).toMatch(/^\S[^\n]*[^.\s]$/);
    expect(profiles.length, name).toBeGreaterThan(0);
  }
});
