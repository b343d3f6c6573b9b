import { expect, test } from 'vitest';
import { recorder } from '../stage/recorder.ts';
import { reportsText } from './reports.ts';

function update(kind: string, object: string, ...paths: readonly string[]): string {
  const [type, ref] = object.split(' ');
  const changes = paths.map(
    (path) => `<changeSet><name>${path}</name><op>assign</op><val><name>x</name></val></changeSet>`,
  );
  return `<objectSet><kind>${kind}</kind><obj type="${type}">${ref}</obj>${changes.join('')}</objectSet>`;
}

/** What the recorder makes of answers to polls. */
function recorded(...updates: readonly string[]): string {
  const notes = recorder('fence-');
  for (const [nth, body] of updates.entries()) {
    const answer = { status: 200, body };
    const call = { method: 'WaitForUpdatesEx', nth, body: '<version>1</version>' };
    expect(notes.change?.(call, answer)).toBe(answer);
  }
  return reportsText(notes.read().objects);
}

test('types in order, each with the paths that changed, once', () => {
  expect(recorded()).toBe('nothing');
  expect(
    recorded(
      update('modify', 'VirtualMachine vm-1', 'runtime.host', 'name'),
      update('modify', 'VirtualMachine vm-2', 'name') + update('leave', 'HostSystem host-1'),
    ),
  ).toBe('HostSystem leaves; VirtualMachine: name, runtime.host');
});

test('what comes is told whole: its changes on the way say no more', () => {
  const entered = update('enter', 'VirtualMachine vm-1', 'name', 'runtime.host');
  expect(recorded(entered, update('modify', 'VirtualMachine vm-1', 'name'))).toBe('VirtualMachine enters');
  expect(recorded(update('modify', 'Folder f-1', 'name'), update('leave', 'Folder f-1'))).toBe(
    'Folder: name; Folder leaves',
  );
});

test('what is to be ignored, first reads, and other calls are no reports', () => {
  expect(recorded(update('modify', 'VirtualMachine fence-3', 'name'))).toBe('nothing');
  const notes = recorder('fence-');
  const answer = { status: 200, body: update('enter', 'VirtualMachine vm-1', 'name') };
  notes.change?.({ method: 'WaitForUpdatesEx', nth: 0, body: '<version>\n</version>' }, answer);
  notes.change?.({ method: 'CreateFilter', nth: 0, body: '' }, answer);
  expect(notes.read()).toEqual({ objects: [], reread: true });
  notes.clear();
  expect(notes.read().reread).toBe(false);
});
