import { setImmediate as nextTurn } from 'node:timers/promises';
import { samplePort } from '@vrouter/testkit';
import { openSqliteLedger } from '../sqlite-ledger.ts';

/** Saves one port after the other into the ledger named on the command line, and says so after each. */
const ledger = openSqliteLedger(process.argv[2] ?? '');
for (let number = 1; ; number++) {
  const port = samplePort(number);
  ledger.save('agent-1', [{ portId: port.id, desired: { port, enabled: true }, held: undefined }]);
  process.stdout.write(`saved ${number}\n`);
  await nextTurn();
}
