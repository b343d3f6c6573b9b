import { expect, test } from 'vitest';
import { parseInventoryFile } from './file-parse.ts';

const VM = `
  - name: web-1
    id: 502789bb-240a-841f-e24c-1564537218f7
    host: esx-1
    power: on`;

test.each([
  ['an empty file', '', 'the file is empty; an inventory without VMs says "vms: []"'],
  ['blanks only', ' \n\t\n', 'the file is empty'],
  ['a comment only', '# soon\n', 'the file: Invalid input: expected object'],
  ['a list', '- a\n', 'expected object'],
  ['an unknown key', 'vm: []\n', 'Unrecognized key: "vm"'],
  ['an unknown key deep inside', `vms:${VM}\n    ports: 2\n`, 'vms.0: Unrecognized key: "ports"'],
  ['a key that is there twice', 'hosts: []\nhosts: []\n', 'Map keys must be unique'],
  ['an unclosed bracket', 'vms: [\n', 'at line 2'],
  ['half a JSON file', '{"hosts": [{"name": "esx-1"}', 'at line 1'],
  ['a wrong type', `vms:${VM.replace('on', '1')}`, 'vms.0.power: '],
  ['no host', `vms:${VM.replace(/ *host.*\n/, '')}`, 'vms.0.host: '],
  ['a bad id', `vms:${VM.replace('502789bb', '5027')}`, 'vms.0.id: a guid like'],
  ['a VLAN too big', vlan('primary: 4096, isolated: 1'), 'networks.0.vlan.primary: '],
  ['a VLAN of one half', vlan('primary: 1'), 'networks.0.vlan.isolated: '],
  ['a network that is not there', adapter('network: red'), 'there is no network "red" in this file'],
  ['a bad MAC', adapter('network: blue, mac: 00-50'), 'vms.0.adapters.0.mac: a MAC address like'],
  ['a bad address', adapter('network: blue, ip: 10.0.0'), 'vms.0.adapters.0.ip: an IPv4 address'],
  ['two hosts of one name', 'hosts: [{ name: a }, { name: a }]', 'hosts.1.name: "a" is there twice'],
  ['two networks of one name', twoNetworks('blue', 'k2'), 'networks.1.name: "blue" is there twice'],
  ['two networks of one key', twoNetworks('red', 'k1'), 'networks.1.key: "k1" is there twice'],
  ['a key that is the name of another', twoNetworks('k1'), 'networks.1.key: "k1" is there twice'],
  ['two VMs of one id', `vms:${VM}${VM}`, 'vms.1.id: "502789bb-240a-841f-e24c-1564537218f7" is there'],
  ['a bomb of aliases', bomb(), 'Excessive alias count'],
])('%s is refused, and the place is named', (_what, text, message) => {
  expect(() => parseInventoryFile(text)).toThrowError(message);
});

test('no more than five problems are told, and how many more there are', () => {
  const vms = Array.from({ length: 9 }, () => '  - {}').join('\n');
  const problems = problemOf(`vms:\n${vms}`).split('; ');
  expect(problems).toHaveLength(6);
  expect(problems.at(-1)).toBe('and 31 more');
});

test('a YAML file that would take minutes is refused; as JSON it is read', () => {
  const name = 'x'.repeat(100);
  const hosts = Array.from({ length: 50_000 }, (_none, index) => ({ name: `${name}${index}` }));
  const json = JSON.stringify({ hosts });
  expect(json.length).toBeGreaterThan(4 * 1024 * 1024);
  expect(parseInventoryFile(json).hosts).toHaveLength(50_000);
  expect(() => parseInventoryFile(`# not JSON\n${json}`)).toThrowError('it must be JSON');
});

test('an inventory without anything is one', () => {
  expect(parseInventoryFile('vms: []')).toEqual({ hosts: [], networks: [], vms: [] });
  expect(parseInventoryFile('{}')).toEqual({ hosts: [], networks: [], vms: [] });
});

test('YAML that begins with a brace need not be JSON', () => {
  expect(parseInventoryFile('{ hosts: [{ name: esx-1 }] }').hosts).toHaveLength(1);
});

test('the documented example means what it says', () => {
  const text = `
hosts:
  - { name: esx-1, maintenance: false }
networks:
  - { name: blue, key: dvportgroup-21, vlan: { primary: 100, isolated: 101 } }
  - { name: bare }
vms:
  - name: web-1
    id: 502789BB-240A-841F-E24C-1564537218F7
    host: esx-1
    power: on
    project: 9970147c-33b1-4bf7-8944-8968e708d430
    adapters:
      - { mac: 00:50:56:BF:7D:A1, network: blue, ip: 192.168.200.5 }
      - { key: "4001", network: bare, connected: false, ip: None, ip6: fd00::5 }
`;
  const expected = {
    hosts: [{ name: 'esx-1', maintenance: false, connected: true }],
    networks: [
      { key: 'dvportgroup-21', name: 'blue', vlan: { primary: 100, isolated: 101 } },
      { key: 'bare', name: 'bare', vlan: undefined, problem: 'the file gives it no VLAN' },
    ],
    vms: [
      {
        id: '502789bb-240a-841f-e24c-1564537218f7',
        name: 'web-1',
        host: 'esx-1',
        power: 'on',
        project: '9970147c-33b1-4bf7-8944-8968e708d430',
        adapters: [
          {
            key: '0',
            mac: '00:50:56:bf:7d:a1',
            network: 'dvportgroup-21',
            connected: true,
            ip: '192.168.200.5',
          },
          { key: '4001', network: 'bare', connected: false, ip6: 'fd00::5' },
        ],
      },
    ],
  };
  expect(parseInventoryFile(text)).toEqual(expected);
});

function vlan(text: string): string {
  return `networks: [{ name: blue, vlan: { ${text} } }]`;
}

function adapter(text: string): string {
  return `networks: [{ name: blue }]\nvms:${VM}\n    adapters: [{ ${text} }]`;
}

function twoNetworks(name: string, key?: string): string {
  const second = key === undefined ? `{ name: ${name} }` : `{ name: ${name}, key: ${key} }`;
  return `networks: [{ name: blue, key: k1 }, ${second}]`;
}

function bomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [below, name] of ['ab', 'bc', 'cd'])
    lines.push(`${name}: &${name} [${`*${below},`.repeat(10)}]`);
  return lines.join('\n');
}

function problemOf(text: string): string {
  try {
    parseInventoryFile(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
