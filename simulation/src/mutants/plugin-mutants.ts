import { inFile, type Mutant } from './mutant.ts';

const SYNC = 'apps/vcenter-plugin/src/sync';

/** Mistakes in the plugin. */
export const PLUGIN_MUTANTS: readonly Mutant[] = [
  ...inFile(`${SYNC}/pump.ts`, [
    [
      'drop the first sync',
      'return state.needSync && state.complete',
      'return state.syncs > 0 && state.needSync && state.complete',
    ],
    ['sync with requests under way', 'if (state.inFlight.size > 0 || nowMs', 'if (nowMs'],
    [
      'sync an incomplete inventory',
      'return state.needSync && state.complete && !state.parked',
      'return state.needSync && !state.parked',
    ],
    ['sync a parked agent', '&& !state.parked && state.heldBack', '&& state.heldBack'],
    ['sync although the brake holds', ' && state.heldBack.size === 0;', ';'],
    [
      'one sync after another where answers are lost',
      "return state.connection.kind === 'down' && state.syncsMaybeApplied > 0;",
      'return state.syncs < 0;',
    ],
    [
      'send adds before the first sync',
      '  if (state.syncs === 0 && state.syncsMaybeApplied === 0 && state.heldBack.size === 0) return;',
      '',
    ],
    ['send adds while the sync is under way', '  if (syncUnderWay(state)) return;', ''],
    ['a sync begins no epoch', '  state.epoch += 1;\n  state.syncsMaybeApplied', '  state.syncsMaybeApplied'],
    [
      'a delete whose answer is lost counts as not sent',
      "if (kind === 'delete' && entry.held !== undefined)",
      "if (kind === 'delete' && entry.held === undefined)",
    ],
    [
      'a disable whose answer is lost counts as not sent',
      "if ((kind === 'enable' || kind === 'disable') && entry.held !== undefined)",
      "if (kind === 'enable' && entry.held !== undefined)",
    ],
    ['two requests of one port', '  entry.inFlight = kind;', ''],
    ['one request too many', 'while (state.inFlight.size < limit)', 'while (state.inFlight.size <= limit)'],
    [
      'links go on while parked',
      'if (!state.known || (state.parked && !sweepThreatens(state, nowMs))) return;',
      'if (!state.known) return;',
    ],
  ]),
  ...inFile(`${SYNC}/sync-session.ts`, [
    [
      'a sync that failed is not owed any more',
      '    state.syncAttempts += 1;',
      '    state.needSync = false;\n    state.syncAttempts += 1;',
    ],
    [
      'a sync pays for one that was asked for after it',
      'state.needSync = epoch < state.syncOwedEpoch;',
      'state.needSync = false;',
    ],
    [
      'after a sync nothing is added again',
      '  for (const entry of state.ports.values()) entry.urgent = false;\n  fileAll(state, nowMs);',
      '',
    ],
    [
      'skip the look after the sweep',
      'if (session.replayed && !session.verifying && nowMs >= checkAtMs(state, session))',
      'if (session.replayed && !session.verifying && nowMs < 0)',
    ],
    ['a sync that comes late is forgotten', 'if (outcome.late) state.syncUnsettledUntilMs = arrivesMs;', ''],
  ]),
  ...inFile(`${SYNC}/port-entry.ts`, [
    [
      'lose a tombstone',
      "if (desired === undefined) return held === undefined ? undefined : 'delete';",
      'if (desired === undefined) return undefined;',
    ],
    [
      'add over another record instead of delete and add',
      "if (held.ambiguous || !sameIdentity(held.port, desired.port)) return leaving ? undefined : 'delete';",
      '',
    ],
    ['ambiguous records are trusted', 'if (held.ambiguous || !sameIdentity', 'if (!sameIdentity'],
    [
      'what moves away is replaced before it has arrived',
      "return leaving ? undefined : 'delete';",
      "return 'delete';",
    ],
    [
      'link states are never set',
      'if (!linkStates || held.enabled === desired.enabled) return undefined;',
      'if (linkStates) return undefined;',
    ],
    [
      'enable and disable swapped',
      "return desired.enabled ? 'enable' : 'disable';",
      "return desired.enabled ? 'disable' : 'enable';",
    ],
    ['adds of an earlier epoch count', 'held.epoch < epoch ||', ''],
    [
      'forget what still may be there',
      'return entry.desired === undefined && entry.held === undefined && entry.inFlight === undefined;',
      'return entry.desired === undefined;',
    ],
    [
      'a change waits like a failure',
      '  entry.attempts = 0;\n  entry.lastError = undefined;\n  entry.notBeforeMs = 0;\n  entry.refused = false;\n  entry.alone = false;',
      '  entry.notBeforeMs += 600_000;',
    ],
  ]),
  ...inFile(`${SYNC}/port-outcome.ts`, [
    [
      'a failed delete counts as done',
      "if (verdict.outcome.kind !== 'done' && verdict.outcome.kind !== 'not-found') {",
      "if (verdict.outcome.kind === 'refused') {",
    ],
    [
      'an added port counts as enabled',
      'entry.held = { port, epoch, enabled: undefined, ambiguous: false };',
      'entry.held = { port, epoch, enabled: true, ambiguous: false };',
    ],
    [
      'a port that the agent lost stays confirmed',
      '    entry.held = undefined;\n    entry.attempts',
      '    entry.attempts',
    ],
    [
      'late adds are forgotten',
      'if (verdict.unsettledUntilMs === 0) return;',
      'if (verdict.unsettledUntilMs >= 0) return;',
    ],
    [
      'the confirmed state is not repeated after a time-out',
      'if (sentAtMs < entry.unsettledUntilMs) entry.repeatAtMs = entry.unsettledUntilMs;\n  else ',
      '',
    ],
    [
      'the failed are never tried again',
      'failed(entry, verdict.error, verdict.retryAtMs(entry));\n  entry.unsettledUntilMs',
      'failed(entry, verdict.error, Infinity);\n  entry.unsettledUntilMs',
    ],
  ]),
  ...inFile(`${SYNC}/port-outcome.ts`, [
    [
      'any answer counts as a look',
      "if (verdict.outcome.kind === 'unavailable' && entry.attempts < LOOKS_MAX) {",
      'if (entry.attempts < 0) {',
    ],
  ]),
  ...inFile(`${SYNC}/outcome.ts`, [
    ['confirmations are not noted', "  effects.push({ kind: 'note', entries });", ''],
    ['what failed is not filed again', '  for (const entry of entries) file(state, entry, nowMs);\n', ''],
    [
      'every transport error says that nothing was sent',
      'if (transportFailed) unreachable(state, operation.sentAtMs, !outcome.sent',
      'if (transportFailed) unreachable(state, operation.sentAtMs, true',
    ],
  ]),
  ...inFile(`${SYNC}/connection.ts`, [
    [
      'what an agent that hung was sent long ago cannot arrive any more',
      'if (unheard !== undefined) reckonWithBacklog',
      'if (unheard !== undefined && nowMs < 0) reckonWithBacklog',
    ],
    [
      'a standstill is not noticed',
      'if (nowMs - before.lastAnswerMs > MISSED_HEARTBEATS * state.limits.heartbeatMs)',
      'if (nowMs < before.lastAnswerMs)',
    ],
    [
      'nothing is added again after an outage',
      "  if (limits.reconnect === 're-add' && !syncComes) addAllAgain(state, nowMs);",
      '',
    ],
    [
      'an interrupted replay counts as done',
      '  if (syncInterrupted || limits.reconnect',
      '  if (limits.reconnect',
    ],
    [
      'an agent that is back is not noticed',
      "if (before.kind === 'down' && sentAtMs >= before.sinceMs)",
      "if (before.kind === 'down' && sentAtMs < 0)",
    ],
  ]),
  ...inFile(`${SYNC}/desired.ts`, [
    [
      'changes are sent before they are saved',
      "  if (changed.length > 0) effects.push({ kind: 'save', entries: changed });\n",
      '',
    ],
    ['no sync after maintenance', '    oweSync(state);\n    tryLinkStatesAgain', '    tryLinkStatesAgain'],
    ['maintenance is not seen', '  state.parked = parked;', ''],
    ['a change of the power state alone is missed', 'a.enabled === b.enabled && ', ''],
    ['what the ledger says of the agent is not believed', '    entry.held = heldOf(row);', ''],
  ]),
  ...inFile(`${SYNC}/brake.ts`, [
    [
      'the brake never holds',
      'if (missing.length <= count || missing.length <= share * total) {',
      'if (missing.length >= 0) {',
    ],
    [
      'new ports loosen the brake',
      'isHolding ? Math.min(wanted.length, state.heldBackOf) : wanted.length;',
      'isHolding ? wanted.length : wanted.length;',
    ],
    ['the brake never lets go', 'nowMs >= sinceMs + state.limits.brake.holdMs', 'nowMs < 0'],
    ['the brake counts what moved', 'gone.filter(({ id }) => !moved.has(id))', 'gone'],
    ['the brake lets all go at once', 'return gone.filter(({ id }) => !since.has(id));', 'return gone;'],
  ]),
  ...inFile(`${SYNC}/agent-worker.ts`, [
    [
      'whether an agent is parked says what it was told before',
      "return this.#state.connection.kind !== 'down';",
      "return this.#state.connection.kind !== 'down' && !this.#state.parked;",
    ],
    [
      'what an agent has confirmed of the port before counts as this one',
      'entry?.desired === undefined || !sameIdentity(entry.desired.port, port)',
      'entry?.desired === undefined',
    ],
  ]),
  ...inFile(`${SYNC}/fleet.ts`, [
    [
      'an agent that is gone keeps ports for others',
      '    this.#awaited.clear();\n    this.#carry',
      '    this.#carry',
    ],
  ]),
  ...inFile(`${SYNC}/handover.ts`, [
    [
      'break before make',
      'if (wanted === undefined || !isPending(owner, wanted) || nowMs >= untilMs) continue;',
      'if (nowMs >= 0) continue;',
    ],
    ['nobody ever stops waiting', '|| nowMs >= untilMs) continue;', ') continue;'],
    [
      'moves while the plugin was down are no moves',
      'if (!this.#given.has(agent)) this.#given.set',
      'if (ports.size < 0) this.#given.set',
    ],
  ]),
  ...inFile(`${SYNC}/ledger-row.ts`, [
    ['the ledger forgets what the agent holds', 'held: mayHold(entry) }', 'held: undefined }'],
    [
      'a restart trusts the ledger to the last note',
      'ambiguous: differ || held?.ambiguous === true',
      'ambiguous: held?.ambiguous === true',
    ],
  ]),
  ...inFile(`${SYNC}/agent-worker.ts`, [
    [
      'the ledger is not written',
      '        this.#parts.ledger.save(this.#parts.name, effect.entries.map(rowOf));\n',
      '',
    ],
    [
      'notes are never written',
      '    const rows = [...this.#noted]',
      '    if (this.#noted.size > 0) return;\n    const rows = [...this.#noted]',
    ],
  ]),
  ...inFile('apps/vcenter-plugin/src/pipeline.ts', [
    [
      'an unread inventory counts as read',
      '      this.#parts.fleet.inventoryLost();\n      return;\n    }\n    this.#inventory = state',
      '      return;\n    }\n    this.#inventory = state',
    ],
  ]),
];
