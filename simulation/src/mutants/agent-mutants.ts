import { inFile, type Mutant } from './mutant.ts';

const AGENT = 'apps/vrouter-agent-sim/src';

/** Mistakes in the reference agent. */
export const AGENT_MUTANTS: readonly Mutant[] = [
  ...inFile(`${AGENT}/ports/sweep.ts`, [
    [
      'a sweep takes what was just seen',
      'return entry.generation < generation &&',
      'return entry.generation <= generation &&',
    ],
    ['a sweep takes nothing', '    draft.remove(id);\n', ''],
    [
      'added again during a sweep, swept all the same',
      'if (entry === undefined || !isOld(entry, generation)) continue;',
      'if (entry === undefined) continue;',
    ],
  ]),
  ...inFile(`${AGENT}/ports/decide.ts`, [
    [
      'an add marks the generation before',
      'const generation = draft.generation % rules.generationsTold;',
      'const generation = Math.max(draft.generation - 1, 0) % rules.generationsTold;',
    ],
    ['a sync begins no generation', '      draft.generation += 1;\n', ''],
    [
      'the time of a sync is half as long',
      'atMs: arrivedAtMs + rules.staleTimeoutMs }',
      'atMs: arrivedAtMs + rules.staleTimeoutMs / 2 }',
    ],
    [
      'enable disables',
      'return setLinkState(draft, command.id, 1);',
      'return setLinkState(draft, command.id, 0);',
    ],
    [
      'a delete does nothing',
      "      draft.remove(command.id);\n      return DONE;\n    case 'enable'",
      "      return DONE;\n    case 'enable'",
    ],
  ]),
  ...inFile(`${AGENT}/ports/add-rule.ts`, [
    [
      'a repeated add does not update',
      "const port = request['link-state'] === undefined ? request : leanPort(request);",
      'const port = known?.port ?? request;',
    ],
    ['an add disables', 'return known?.port.type === 2 ? known.linkState : 0;', 'return 0;'],
  ]),
  ...inFile(`${AGENT}/ports/batch.ts`, [
    [
      'answered before it is saved',
      "      state.batch = batch;\n      effects.push({ kind: 'persist'",
      "      state.batch = batch;\n      effects.push(...batch.decided.flatMap(({ queued, outcome }) => queued.kind === 'sweep' ? [] : [{ kind: 'reply' as const, request: queued.request, outcome }]));\n      effects.push({ kind: 'persist'",
    ],
    [
      'what could not be saved is answered as done',
      "const outcome: Outcome = { ok: false, code: 'NOT_SAVED', detail: reason };",
      "const outcome: Outcome = reason === '' ? { ok: false, code: 'NOT_SAVED' } : { ok: true };",
    ],
    [
      'a sweep that could not be saved is forgotten',
      "if (queued.kind === 'sweep') postpone",
      "if (queued.kind !== 'sweep') throw new Error('never'); else if (nowMs < 0) postpone",
    ],
  ]),
  ...inFile(`${AGENT}/ports/table.ts`, [
    [
      'pending sweeps are forgotten at a start',
      'deadlines: saved.pending.map',
      'deadlines: saved.pending.slice(0, 0).map',
    ],
    ['a start sweeps at once', 'atMs: nowMs + rules.staleTimeoutMs }', 'atMs: nowMs }'],
  ]),
  ...inFile(`${AGENT}/ports/draft.ts`, [
    [
      'a mark is not saved',
      'if (this.deadlines.length > 0 && isMarkedAnew) {',
      'if (this.deadlines.length < 0 && isMarkedAnew) {',
    ],
    ['a removal is not saved', "changes.push({ kind: 'remove', id });", ''],
    ['a link state is not saved', 'return a.linkState === b.linkState && samePort', 'return samePort'],
  ]),
  ...inFile(`${AGENT}/store/journal/journal.ts`, [
    [
      'forget fsync',
      '      await this.#write(open, line);\n      await open.file.datasync();',
      '      await this.#write(open, line);',
    ],
    [
      'a torn record is not cut',
      '      this.#isTorn = true;\n      await this.#cutTorn(open).catch',
      '      await this.#cutTorn(open).catch',
    ],
    [
      'a new journal is not flushed',
      '    await next.file.datasync();\n    await this.#files.rename',
      '    await this.#files.rename',
    ],
    ['what came while a new journal was written is lost', "(this.#missing ?? []).join('')", "''"],
    [
      'the name of a new journal is not flushed',
      '    await this.#files.syncFolder(this.#places.state);\n',
      '',
    ],
  ]),
  ...inFile(`${AGENT}/store/journal/file-index.ts`, [
    ['removals are not in the journal', '...(removed.length > 0 && { removed }),', ''],
  ]),
  ...inFile(`${AGENT}/store/journal/write-behind.ts`, [
    [
      'files are believed that are not flushed',
      '      if (facts !== undefined) await files.syncFile(join(places.ports, id)).catch(unlessAbsent);\n',
      '',
    ],
    ['removed files stay', 'if (files.facts(path) !== undefined) files.discard(path);', ''],
  ]),
  ...inFile(`${AGENT}/store/transaction.ts`, [
    ['a failed transaction is not taken back', '      await this.#undoLog.takeBack(undo);\n', ''],
    ['folders are not flushed', '    await syncFolders(this.#files, this.#places, undo);\n', ''],
  ]),
];
