import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { announcementText } from './announcement.ts';
import { PeerDirectory } from './peer-directory.ts';

const PORT = { mac: '00:50:56:bf:00:0a', network: 'blue', rxVlan: 101, txVlan: 100, sinceMs: 5 };
const LABELS = { byNetwork: new Map([['blue', 3]]), last: 3 };
const TEXT = announcementText('vr-agent-1', LABELS, [PORT]);

function folder(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return path;
}

test('what one agent announces the others read, and itself after a restart', () => {
  const path = folder();
  new PeerDirectory(path, 'agent-1').announce(TEXT);
  const expected = {
    bridge: 'vr-agent-1',
    labels: LABELS,
    networks: [{ network: 'blue', label: 3, macs: new Map([[PORT.mac, 5]]) }],
  };
  expect(new PeerDirectory(path, 'agent-1').own()).toEqual(expected);
  expect(new PeerDirectory(path, 'agent-1').others().announcements).toEqual([]);
  expect(new PeerDirectory(path, 'agent-2').others()).toEqual({ announcements: [expected], problems: [] });
});

test('an announcement that cannot be used is a problem, and the others count', () => {
  const path = folder();
  new PeerDirectory(path, 'agent-1').announce(TEXT);
  writeFileSync(join(path, 'agent-3.json'), '{"version": 2}');
  const { announcements, problems } = new PeerDirectory(path, 'agent-2').others();
  expect(announcements).toHaveLength(1);
  expect(problems).toEqual([expect.stringContaining('agent-3.json cannot be used')]);
});

test("others' announcements call the listener, its own do not", async () => {
  const path = folder();
  const directory = new PeerDirectory(path, 'agent-2');
  onTestFinished(() => directory.close());
  let calls = 0;
  directory.watch(() => calls++);
  directory.announce(TEXT);
  expect(calls).toBe(0);
  new PeerDirectory(path, 'agent-1').announce(TEXT);
  await waitFor(() => calls > 0, { what: 'a call' });
});

test('a folder that cannot be made is an error at once', () => {
  const path = join(folder(), 'file');
  writeFileSync(path, '');
  for (const place of [path, join(path, 'below'), '/proc/below'])
    expect(() => new PeerDirectory(place, 'agent-1').watch(() => undefined), place).toThrow();
});
