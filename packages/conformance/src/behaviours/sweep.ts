/** Sync, and what it removes. */
export const SWEEP_BEHAVIOURS = {
  '75': 'POST /syncports is a success with any body and none.',
  '77': 'Nothing is removed before the stale timeout.',
  '78': 'At the timeout ports of type 0 and 2 that were not added since the sync go; those of type 1 stay.',
  '79': 'A port that is first added after the sync stays.',
  '81': 'A port that is added once after two syncs outlives both.',
  '82': 'A port that is deleted after the sync stays deleted, added again or not.',
  '83': 'A thousand ports that are added again all stay, files untouched.',
  '85': 'The real agent forgets a sync when it restarts: nothing is removed.',
  '86': 'Restart, then sync: what is not added again goes.',
  '87': 'The link state outlives sync, add and sweep.',
  '105': 'Subscriptions of VMs are swept like ports; in TF only those whose interfaces are known.',
  '295': 'A sweep removes the file with the port.',
  '296': 'A port that is added again stays, in an array or alone.',
  '297': 'Each sync has its own deadline: what was added between two goes at the second.',
  '298': 'What was added after one sync is not safe from the next.',
  '299': 'A port that is deleted and added after the sync stays.',
  '300': 'Only an add keeps a port: GET, enable and disable do not.',
  '301': 'A refused add does not keep a port.',
  '316':
    'Marks of modern releases have 16 bits: after 65,536 syncs a port goes although it was added again. R3.1 counts on.',
  '302': 'A sweep leaves alone what is no port.',
} as const satisfies Record<string, string>;
