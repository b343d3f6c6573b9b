import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePlacementMap } from './placement-map.ts';

test.each([
  ['esx-1', 'expected HOST:IPV4, got "esx-1"'],
  [':10.0.0.5', 'expected HOST:IPV4'],
  ['esx-1:', 'expected HOST:IPV4'],
  ['esx-1:agent.example', 'expected HOST:IPV4'],
  ['esx-1:10.0.0.256', 'expected HOST:IPV4'],
  ['esx-1:10.0.0.5:9091', 'expected HOST:IPV4'],
  ['esx-1:fd00::5', 'expected HOST:IPV4'],
  ['esx-0:10.0.0.9', 'host "esx-0" is there twice'],
  ['esx-1:10.0.0.1', '10.0.0.1 serves "esx-0" already'],
])('%j is refused with its line, and the rest is read', (line, text) => {
  const { agents, problems } = parsePlacementMap(`esx-0:10.0.0.1\n\n${line}\nesx-2:10.0.0.2\n`);
  expect(problems).toEqual([{ line: 3, text: expect.stringContaining(text) }]);
  expect(agents.map(({ host }) => host)).toEqual(['esx-0', 'esx-2']);
});

test('an agent is called like its host, and listens on the port of all agents', () => {
  expect(parsePlacementMap('# two hosts\r\n esx-1 : 10.0.0.1 \r\nesx-2:10.0.0.2')).toEqual({
    agents: [
      { name: 'esx-1', url: 'http://10.0.0.1:9091', host: 'esx-1' },
      { name: 'esx-2', url: 'http://10.0.0.2:9091', host: 'esx-2' },
    ],
    problems: [],
  });
});

test('every line of any text is an agent, a problem, blank or a comment', () => {
  const line = fc.oneof(
    fc.string(),
    fc.tuple(fc.string(), fc.ipV4()).map((pair) => pair.join(':')),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      const { agents, problems } = parsePlacementMap(text);
      const meant = text.split(/\r?\n/u).filter((one) => one.trim() !== '' && !one.trim().startsWith('#'));
      expect(agents.length + problems.length).toBe(meant.length);
      expect(new Set(agents.map(({ url }) => url)).size).toBe(agents.length);
    }),
  );
});
