import { expect, test } from 'vitest';
import { agentPort, runningAgent } from '../testing/snapshots.ts';
import { plain, type Paint } from './paint.ts';
import { printingTeller } from './teller.ts';

const SNAPSHOT = { agents: [runningAgent('agent-1', [agentPort('web-1')])], plugin: undefined };
const EXPECTATION = { says: 'web-1 is there', differs: () => undefined };
const STEP = { title: 'Add', tells: 'web-1 is made.', act: async () => {}, expects: [EXPECTATION] };

test('a step is told with its title, what came true and both sides', () => {
  const lines: string[] = [];
  const teller = printingTeller((line) => lines.push(line), plain);
  teller.begins(STEP, 2, 9);
  teller.cameTrue(EXPECTATION);
  teller.ended(SNAPSHOT);
  expect(lines.join('\n')).toBe(
    [
      '',
      '2/9 Add',
      '    web-1 is made.',
      '    ✓ web-1 is there',
      '',
      '       agent    VM     address           the plugin says  the agent has',
      '       agent-1  web-1  address of web-1  down             enabled',
    ].join('\n'),
  );
});

test('a failure names the step, what was expected and what was seen', () => {
  const lines: string[] = [];
  const teller = printingTeller((line) => lines.push(line), plain);
  teller.failed({ step: STEP, expected: 'web-1 is there', seen: 'nobody', snapshot: undefined });
  expect(lines).toEqual([
    '    ✗ step "Add" did not come true',
    '      expected: web-1 is there',
    '      seen:     nobody',
  ]);
});

test('paint goes around words, never into the columns', () => {
  const marking: Paint = (style, text) => `<${style}>${text}</>`;
  const lines: string[] = [];
  const teller = printingTeller((line) => lines.push(line), marking);
  teller.ended(SNAPSHOT);
  const stripped = lines.map((line) => line.replaceAll(/<.*?>/g, ''));
  const bare: string[] = [];
  printingTeller((line) => bare.push(line), plain).ended(SNAPSHOT);
  expect(stripped).toEqual(bare);
  expect(lines).not.toEqual(bare);
});
