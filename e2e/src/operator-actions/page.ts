import type { OperatorAction, Outcome } from './action.ts';
import { ACTION_GROUPS } from './catalogue/index.ts';
import type { PerPort } from './observe/chains.ts';

const INTRODUCTION = `# What operators do, and what agents are asked

One row per thing that an operator can do: what vCenter then tells the plugin, and the requests that agents receive, in
their order and no others, in each [lifecycle](../guides/plugin.md#power-on-power-off). Each row is a test with a vCenter
simulator, the plugin and agents as processes, and this page is made from what the tests expect:

\`\`\`console
$ npm run test:unit -- e2e/src/operator-actions
\`\`\`

VMs begin on the host of \`agent-1\`, running unless the row says otherwise; \`agent-2\` serves another host. After the arrow
stands who holds the port in the end. Of an object that enters, vCenter tells all that the plugin reads. In every row the
ports of other VMs are left alone.

Three things are done through the simulator's back door, because it cannot do them or keeps them to itself, while a real
vCenter reports them as shown: VLANs of existing port groups, addresses of guests, and the state of hosts.
With any other vCenter that keeps quiet, the plugin sees them when it reads everything again, every five minutes.
`;

/** The page with all actions. */
export function operatorActionsPage(): string {
  const sections = ACTION_GROUPS.map(({ title, actions }) =>
    [
      `## ${title}\n`,
      '| operator action | what vCenter reports | requests, lifecycle `power` | requests, lifecycle `link` |',
      '| --- | --- | --- | --- |',
      ...actions.map(row),
    ].join('\n'),
  );
  return `${INTRODUCTION}\n${sections.join('\n\n')}\n`;
}

function row({ name, note, reports, power, link }: OperatorAction): string {
  const same = JSON.stringify(power) === JSON.stringify(link);
  const cells = [
    note === undefined ? name : `${name}<br>_${note}_`,
    reports.replaceAll(/(?<=[:,] )[\w.]+/gu, '`$&`').replaceAll('; ', '<br>'),
    outcome(power),
    same ? 'the same' : outcome(link),
  ];
  return `| ${cells.join(' | ')} |`;
}

function outcome({ requests, afterwards, problems = [] }: Outcome): string {
  const held = text(afterwards);
  return [
    text(requests) || 'nothing',
    ...(held === '' ? [] : [`→ ${held}`]),
    ...problems.map((kind) => `shown as \`${kind}\``),
  ].join('<br>');
}

/** Nothing for an action without ports. */
function text(texts: PerPort): string {
  if (typeof texts === 'string') return texts;
  return Object.entries(texts)
    .map(([label, each]) => `${label}: ${each}`)
    .join('; ');
}
