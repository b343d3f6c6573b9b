import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentVm } from '../inventory/model.ts';
import { agentPlaces } from './agent-places.ts';

const PORT = 9091;

function vm(host: string, address?: string, changes: Partial<AgentVm> = {}): AgentVm {
  const found: AgentVm = { name: `contrailVM-${host}`, host, power: 'on', ...changes };
  return address === undefined ? found : { ...found, address };
}

const LISTED = [{ name: 'own', url: 'http://10.0.0.1:9091', host: 'esx-1' }];

test.each([
  ['an address that was never reported', [vm('esx-2')], 'it has reported no address on the fabric network'],
  ['the address of a listed agent', [vm('esx-2', '10.0.0.1')], 'agent own has its address'],
  ['the name of a listed agent', [vm('own', '10.0.0.2')], 'there is another agent called own'],
])('%s is told, and no agent', (_what, found, text) => {
  const { agents, problems } = agentPlaces(LISTED, found, PORT);
  expect(agents).toEqual([{ ...LISTED[0], off: false }]);
  expect(problems).toEqual([
    { kind: 'agent-not-used', subject: found[0]?.name, text: expect.stringContaining(text) },
  ]);
});

test('of two agent VMs on one host the running one is taken, then the first by name', () => {
  const old = vm('esx-2', '10.0.0.2', { name: 'a-contrailVM', power: 'off' });
  const young = vm('esx-2', '10.0.0.3', { name: 'b-contrailVM' });
  const younger = vm('esx-2', '10.0.0.4', { name: 'c-contrailVM' });
  const { agents, problems } = agentPlaces([], [old, younger, young], PORT);
  expect(agents.map(({ url }) => url)).toEqual(['http://10.0.0.3:9091']);
  expect(problems.map(({ subject, text }) => [subject, text])).toEqual([
    ['c-contrailVM', 'another agent serves its host esx-2'],
    ['a-contrailVM', 'another agent serves its host esx-2'],
  ]);
});

test('two agent VMs with one address: one is used', () => {
  const { agents, problems } = agentPlaces([], [vm('esx-3', '10.0.0.2'), vm('esx-2', '10.0.0.2')], PORT);
  expect(agents.map(({ host }) => host)).toEqual(['esx-2']);
  expect(problems[0]?.text).toBe('agent esx-2 has its address http://10.0.0.2:9091');
});

test('an agent VM that is off is an agent, and told', () => {
  const { agents, problems } = agentPlaces([], [vm('esx-2', '10.0.0.2', { power: 'suspended' })], PORT);
  expect(agents).toEqual([{ name: 'esx-2', url: 'http://10.0.0.2:9091', host: 'esx-2', off: true }]);
  expect(problems).toEqual([
    {
      kind: 'agent-off',
      subject: 'contrailVM-esx-2',
      text: "this agent's VM on esx-2 is not powered on",
    },
  ]);
});

test('what is listed for a host is used instead of what is found there', () => {
  const { agents, problems } = agentPlaces(LISTED, [vm('esx-1', '10.0.0.9')], PORT);
  expect(agents.map(({ url }) => url)).toEqual(['http://10.0.0.1:9091']);
  expect(problems).toEqual([]);
});

test('an IPv6 address makes a URL, too', () => {
  expect(agentPlaces([], [vm('esx-2', 'fd00::9')], 19091).agents[0]?.url).toBe('http://[fd00::9]:19091');
});

test('whatever is found: names, URLs and hosts are there once, and every VM is an agent or told', () => {
  const host = fc.constantFrom('esx-1', 'esx-2', 'esx-3', 'own');
  const found = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    host,
    power: fc.constantFrom('on' as const, 'off' as const),
    address: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
  });
  fc.assert(
    fc.property(fc.array(found), (vms) => {
      const { agents, problems } = agentPlaces(LISTED, vms, PORT);
      for (const field of ['name', 'url', 'host'] as const)
        expect(new Set(agents.map((agent) => agent[field])).size).toBe(agents.length);
      const unused = problems.filter(({ kind }) => kind === 'agent-not-used').length;
      expect(agents.length - LISTED.length + unused).toBe(vms.filter((one) => one.host !== 'esx-1').length);
      expect(
        agentPlaces(LISTED, vms.toReversed(), PORT)
          .agents.map(({ host: h }) => h)
          .sort(),
      ).toEqual(agents.map(({ host: h }) => h).sort());
    }),
  );
});
