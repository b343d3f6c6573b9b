import { camelCase } from '@vrouter/service-kit';
import { expect, test } from 'vitest';
import { Config } from './config.ts';
import { FLAGS, withDefaults } from './flags.ts';

test('every flag but those about the command line itself is a key of the config', () => {
  const keys = Object.keys(FLAGS).map(camelCase);
  expect(keys.filter((key) => !(key in Config.shape))).toEqual(['config', 'help', 'version']);
});

test('the help tells defaults as the configuration has them, and none where chance decides', () => {
  const flags = withDefaults(FLAGS);
  expect(flags['durability']?.help).toMatch(/ \(journal\)$/);
  expect(flags['listen']?.help).toMatch(/ \(127\.0\.0\.1:9091\)$/);
  expect(flags['state-dir']?.help).toMatch(/ \(required\)$/);
  expect(flags['admin-remote']?.help).toBe(FLAGS['admin-remote'].help);
  expect(flags['seed']?.help).toBe(FLAGS.seed.help);
});
