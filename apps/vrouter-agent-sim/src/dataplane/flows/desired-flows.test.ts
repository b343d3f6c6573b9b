import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runFrame } from '../testing/run-frame.ts';
import { desiredFlows, TRUNK } from './desired-flows.ts';
import { cookieOf } from '../openflow/cookie.ts';
import { vlanOf, type ForwardedPort, type Forwarding, type Peer } from './forwarding.ts';
import { allotLabels, NO_LABELS } from './labels.ts';

const A = '00:50:56:bf:00:0a';
const B = '00:50:56:bf:00:0b';
const C = '00:50:56:bf:00:0c';
const BROADCAST = 'ff:ff:ff:ff:ff:ff';
const LINK = 2;

const port = (mac: string, changes: Partial<ForwardedPort> = {}): ForwardedPort => ({
  mac,
  network: 'blue',
  rxVlan: 101,
  txVlan: 100,
  sinceMs: 1,
  ...changes,
});

const peerWith = (macs: Readonly<Record<string, number>>, network = 'blue'): Peer => ({
  link: LINK,
  networks: [{ network, label: 7, macs: new Map(Object.entries(macs)) }],
});

function forwarding(ports: readonly ForwardedPort[], peers: readonly Peer[] = []): Forwarding {
  const { byNetwork } = allotLabels(NO_LABELS, new Set(ports.map(({ network }) => network)));
  return { ports, peers, labels: byNetwork };
}

const fromTrunk = (source: string, destination: string, vlan: number | undefined = 101) => ({
  inPort: TRUNK,
  vlan,
  source,
  destination,
});

test('without ports nothing passes', () => {
  expect(desiredFlows(forwarding([], [peerWith({ [B]: 1 })]))).toEqual([]);
});

test('a frame goes in on the rx-VLAN and out on the tx-VLAN of its destination', () => {
  const flows = desiredFlows(forwarding([port(A), port(B, { rxVlan: 301, txVlan: 300 })]));
  expect(runFrame(flows, fromTrunk(A, B))).toEqual(['1:300']);
  expect(runFrame(flows, fromTrunk(B, A, 301))).toEqual(['1:100']);
});

test('a wrong MAC, a wrong VLAN, another network and an unknown destination get nothing through', () => {
  const flows = desiredFlows(forwarding([port(A), port(B, { network: 'green', rxVlan: 201, txVlan: 200 })]));
  expect(runFrame(flows, fromTrunk(C, A))).toEqual([]);
  expect(runFrame(flows, fromTrunk(A, A, 100))).toEqual([]);
  expect(runFrame(flows, { ...fromTrunk(A, A), vlan: undefined })).toEqual([]);
  expect(runFrame(flows, fromTrunk(A, B))).toEqual([]);
  expect(runFrame(flows, fromTrunk(A, C))).toEqual([]);
});

test('ports without VLANs send and receive without a tag', () => {
  const flows = desiredFlows(
    forwarding([port(A, { rxVlan: undefined, txVlan: undefined }), port(B, { rxVlan: undefined })]),
  );
  expect(runFrame(flows, { ...fromTrunk(B, A), vlan: undefined })).toEqual(['1:untagged']);
  expect(runFrame(flows, { ...fromTrunk(A, BROADCAST), vlan: undefined })).toEqual(['1:100', '1:untagged']);
});

test('a broadcast leaves once per VLAN, and once to each peer that is in the network', () => {
  const ports = [port(A), port(B), port(C, { txVlan: 300 })];
  const elsewhere: Peer = { link: 3, networks: [{ network: 'green', label: 9, macs: new Map([[A, 1]]) }] };
  const flows = desiredFlows(forwarding(ports, [peerWith({ '00:50:56:bf:00:0d': 1 }), elsewhere]));
  expect(runFrame(flows, fromTrunk(A, BROADCAST))).toEqual(['1:100', '1:300', '2:7']);
});

test("what comes from a peer carries this agent's label, and goes to machines here only", () => {
  const other = '00:50:56:bf:00:0d';
  const flows = desiredFlows(forwarding([port(A)], [peerWith({ [other]: 1 })]));
  const fromPeer = { inPort: LINK, vlan: 1, source: other };
  expect(runFrame(flows, { ...fromPeer, destination: A })).toEqual(['1:100']);
  expect(runFrame(flows, { ...fromPeer, destination: BROADCAST })).toEqual(['1:100']);
  expect(runFrame(flows, { ...fromPeer, destination: other })).toEqual([]);
  expect(runFrame(flows, { ...fromPeer, vlan: 2, destination: A })).toEqual([]);
});

test('of a machine that has a port here and there, the newer one counts', () => {
  const target = (hereMs: number, thereMs: number) =>
    runFrame(
      desiredFlows(forwarding([port(A), port(B, { sinceMs: hereMs })], [peerWith({ [B]: thereMs })])),
      fromTrunk(A, B),
    );
  expect(target(5, 6)).toEqual(['2:7']);
  expect(target(6, 5)).toEqual(['1:100']);
  expect(target(5, 5)).toEqual(['1:100']);
});

test('VLANs that are none are no VLAN', () => {
  expect([-1, 0, 4095, 65_535].map(vlanOf)).toEqual([undefined, undefined, undefined, undefined]);
  expect([1, 4094].map(vlanOf)).toEqual([1, 4094]);
});

const macs = fc.integer({ min: 0, max: 9 }).map((n) => `00:50:56:bf:00:0${n}`);
const vlans = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const networks = fc.constantFrom('blue', 'green', 'red');
const somePorts = fc.uniqueArray(
  fc.record({
    mac: macs,
    network: networks,
    rxVlan: vlans,
    txVlan: vlans,
    sinceMs: fc.integer({ min: 0, max: 3 }),
  }),
  { selector: ({ mac }) => mac, maxLength: 8 },
);
const somePeer = (link: number) =>
  fc
    .uniqueArray(
      fc.record({
        network: networks,
        label: fc.integer({ min: 1, max: 4 }),
        macs: fc
          .uniqueArray(macs, { maxLength: 3 })
          .map((all) => new Map(all.map((mac, index) => [mac, index]))),
      }),
      { selector: ({ network }) => network },
    )
    .map((all): Peer => ({ link, networks: all }));
const anyForwarding = fc
  .tuple(somePorts, somePeer(2), somePeer(3))
  .map(([ports, ...peers]) => forwarding(ports, peers));
const anyFrame = fc.record({
  inPort: fc.constant(TRUNK),
  vlan: vlans,
  source: macs,
  destination: macs,
});

test('nothing passes but from a port on its rx-VLAN, and then only to its own network', () => {
  fc.assert(
    fc.property(anyForwarding, anyFrame, (given, frame) => {
      const out = runFrame(desiredFlows(given), frame);
      const sender = given.ports.find(({ mac, rxVlan }) => mac === frame.source && rxVlan === frame.vlan);
      const receiver = given.ports.find(
        ({ mac, network }) => mac === frame.destination && network === sender?.network,
      );
      const away = given.peers.flatMap(({ link, networks: all }) =>
        all
          .filter(({ network }) => network === sender?.network)
          .flatMap(({ label, macs: there }) => {
            const sinceMs = there.get(frame.destination);
            return sinceMs === undefined ? [] : [{ copy: `${link}:${label}`, sinceMs }];
          }),
      );
      const newestMs = Math.max(-1, ...away.map(({ sinceMs }) => sinceMs));
      if (sender === undefined || (receiver === undefined && away.length === 0)) expect(out).toEqual([]);
      else if (receiver !== undefined && receiver.sinceMs >= newestMs)
        expect(out).toEqual([`1:${receiver.txVlan ?? 'untagged'}`]);
      else {
        expect(out).toHaveLength(1);
        expect(away.filter(({ sinceMs }) => sinceMs === newestMs).map(({ copy }) => copy)).toContain(out[0]);
      }
    }),
    { numRuns: 500 },
  );
});

test('no two flows match alike or share a cookie, and the order of ports and peers does not matter', () => {
  fc.assert(
    fc.property(anyForwarding, (given) => {
      const flows = desiredFlows(given);
      const keys = flows.map(({ table, priority, match }) => JSON.stringify([table, priority, match]));
      expect(new Set(keys).size).toBe(flows.length);
      const cookies = flows.map(cookieOf);
      expect(new Set(cookies).size).toBe(flows.length);
      const turned = { ...given, ports: given.ports.toReversed(), peers: given.peers.toReversed() };
      expect(new Set(desiredFlows(turned).map(cookieOf))).toEqual(new Set(cookies));
    }),
    { numRuns: 200 },
  );
});
