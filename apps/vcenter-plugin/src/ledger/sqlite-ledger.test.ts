import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePort, startProcess, temporaryFolder, workspaceFile } from '@vrouter/testkit';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LedgerRow } from '../sync/state.ts';
import type { Ledger } from './ledger.ts';
import { openSqliteLedger } from './sqlite-ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
const opened: Ledger[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'ledger.db');
});
afterEach(() => {
  for (const ledger of opened.splice(0)) ledger.close();
  folder.remove();
});

function open(connectTo?: (path: string) => Database.Database): Ledger {
  const ledger = openSqliteLedger(path, connectTo);
  opened.push(ledger);
  return ledger;
}

function desired(number: number): LedgerRow {
  const port = samplePort(number);
  return { portId: port.id, desired: { port, enabled: true }, held: undefined };
}

test('a file that is no database is refused, and left alone', () => {
  writeFileSync(path, 'this is not a database, whatever it is called. '.repeat(50));
  const before = readFileSync(path);
  expect(() => open()).toThrowError(
    expect.objectContaining({ code: 'LEDGER_UNUSABLE', message: expect.stringContaining(path) }),
  );
  expect(readFileSync(path)).toEqual(before);
});

test('a ledger of another format is refused, naming both, and left alone', () => {
  const other = new Database(path);
  other.pragma('user_version = 7');
  other.close();
  const before = readFileSync(path);
  expect(() => open()).toThrowError(
    expect.objectContaining({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('it has format 7, this version knows 1'),
    }),
  );
  expect(readFileSync(path)).toEqual(before);
});

test('a folder that is not there is refused', () => {
  expect(() => openSqliteLedger(join(folder.path, 'nowhere', 'ledger.db'))).toThrowError(
    expect.objectContaining({ code: 'LEDGER_UNUSABLE' }),
  );
});

test.each([
  ['no JSON', '{"port": ', 'JSON'],
  ['another shape', '{"port": {}, "enabled": true}', 'port.id: a guid .*; and 11 more'],
  ['no record', 'null', 'expected object'],
])('a damaged row (%s) is refused, naming the port', (_what, text, said) => {
  open().save('agent-1', [desired(1)]);
  const database = new Database(path);
  database.prepare('UPDATE ports SET desired = ?').run(text);
  database.close();
  const load = (): unknown => open().load('agent-1');
  expect(load).toThrowError(
    expect.objectContaining({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining(`the row of port ${samplePort(1).id} is damaged`),
    }),
  );
  expect(load).toThrowError(new RegExp(said, 'i'));
});

test('a database that is damaged inside is refused when it is read', () => {
  const first = openSqliteLedger(path);
  first.save(
    'agent-1',
    Array.from({ length: 100 }, (_none, number) => desired(number + 1)),
  );
  first.close();
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0x5a, 4096));
  expect(() => open().load('agent-1')).toThrowError(expect.objectContaining({ code: 'LEDGER_UNUSABLE' }));
});

test('a full disk is an error, and changes nothing', () => {
  let database: Database.Database | undefined;
  const ledger = open((file) => (database = new Database(file)));
  ledger.save('agent-1', [desired(1)]);
  const pages = Number(database?.pragma('page_count', { simple: true }));
  database?.pragma(`max_page_count = ${pages + 1}`);
  const many = Array.from({ length: 500 }, (_none, number) => desired(number + 2));
  expect(() => ledger.save('agent-1', many)).toThrowError(
    expect.objectContaining({
      code: 'LEDGER_WRITE_FAILED',
      message: expect.stringMatching(/full.*Free some space/),
    }),
  );
  expect(ledger.load('agent-1')).toEqual([desired(1)]);
  database?.pragma('max_page_count = 1000000');
  ledger.save('agent-1', many);
  expect(ledger.load('agent-1')).toHaveLength(501);
});

test('it is durable: WAL and synchronous=FULL, also after the first write', () => {
  let database: Database.Database | undefined;
  const ledger = open((file) => (database = new Database(file)));
  ledger.save('agent-1', [desired(1)]);
  expect(database?.pragma('synchronous', { simple: true })).toBe(2);
  expect(database?.pragma('journal_mode', { simple: true })).toBe('wal');
});

test('SQLite that does not take synchronous=FULL is refused', () => {
  class Lax extends Database {
    override pragma(source: string, options?: Database.PragmaOptions): unknown {
      return super.pragma(source.replace('FULL', 'NORMAL'), options);
    }
  }
  expect(() => open((file) => new Lax(file))).toThrowError(
    expect.objectContaining({
      code: 'LEDGER_NOT_DURABLE',
      message: expect.stringContaining('synchronous=1'),
    }),
  );
});

test('SQLite that cannot do WAL is refused', () => {
  expect(() => openSqliteLedger(':memory:')).toThrowError(
    expect.objectContaining({
      code: 'LEDGER_NOT_DURABLE',
      message: expect.stringContaining('journal_mode=memory'),
    }),
  );
});

test('what was saved is there after a kill', async () => {
  const writer = await startProcess({
    name: 'writer',
    file: workspaceFile('apps/vcenter-plugin/src/ledger/testing/save-forever.ts'),
    args: [path],
  });
  await writer.waitForLog((line) => line === 'saved 50', 'its 50th port');
  await writer.kill();
  const saved = [...writer.stdout().matchAll(/^saved (\d+)$/gm)].length;
  const there = new Set(
    open()
      .load('agent-1')
      .map(({ portId }) => portId),
  );
  expect(saved).toBeGreaterThanOrEqual(50);
  for (let number = 1; number <= saved; number++) expect(there).toContain(samplePort(number).id);
});

test('rows come back as they went in', () => {
  const [a, b, c] = [samplePort(1), samplePort(2), samplePort(3, { 'display-name': 'ü "quoted" \u2028' })];
  const rows: LedgerRow[] = [
    { portId: a.id, desired: { port: a, enabled: false }, held: { port: a, ambiguous: true } },
    { portId: b.id, desired: undefined, held: { port: b, ambiguous: false } },
    { portId: c.id, desired: { port: c, enabled: true }, held: undefined },
  ];
  open().save('agent-1', rows);
  expect(open().load('agent-1')).toEqual(rows);
});

test('a row without both sides is taken out', () => {
  const ledger = open();
  ledger.save('agent-1', [desired(1), desired(2)]);
  ledger.save('agent-1', [{ portId: samplePort(1).id, desired: undefined, held: undefined }]);
  expect(ledger.load('agent-1')).toEqual([desired(2)]);
});

test('a later row replaces the earlier one of the same port', () => {
  const ledger = open();
  const port = samplePort(1, { 'display-name': 'new' });
  ledger.save('agent-1', [desired(1)]);
  ledger.save('agent-1', [{ portId: port.id, desired: { port, enabled: false }, held: undefined }]);
  expect(ledger.load('agent-1')).toMatchObject([{ desired: { port, enabled: false } }]);
});

test('agents have their rows to themselves', () => {
  const ledger = open();
  ledger.save('agent-1', [desired(1)]);
  ledger.save('agent-2', [desired(1), desired(2)]);
  expect(ledger.agents().sort()).toEqual(['agent-1', 'agent-2']);
  expect(ledger.load('agent-1')).toEqual([desired(1)]);
  expect(ledger.load('nobody')).toEqual([]);
});

test('all of a save or none of it', () => {
  const ledger = open();
  ledger.save('agent-1', [desired(1)]);
  expect(() => ledger.save('agent-1', [desired(2), { ...desired(3), portId: null as never }])).toThrowError(
    expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }),
  );
  expect(ledger.load('agent-1')).toEqual([desired(1)]);
});

test('closing leaves one file, with everything in it', () => {
  const ledger = openSqliteLedger(path);
  ledger.save('agent-1', [desired(1)]);
  ledger.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
  expect(open().load('agent-1')).toEqual([desired(1)]);
});
