/** Every promise that is watched; one is broken in a run that fails. */
export const RULES = {
  'one-request-per-port': 'never more than one request of a port under way',
  'sync-alone': 'nothing else is under way during a sync',
  'sync-first': 'where a sync is owed, nothing goes before it',
  'sync-needs-inventory': 'a sync only while the inventory is complete',
  'add-as-desired': 'an add carries what is desired now, never anything older',
  'saved-before-sent': 'what is sent stands in the ledger before, until the agent certainly has it no more',
  'backs-off': 'an agent that fails is tried less and less often',
  'needless-delete': 'what the agent can only have as desired is not deleted',
  'make-before-break': 'a port that moves leaves only once it has arrived, or cannot',
  'parked-is-quiet': 'to a parked agent only what keeps its ports from being swept',
  'brake-holds': 'what the brake holds back is not deleted, and not swept by a sync',
  'brake-needless': 'the brake does not hold what is no mass removal',
  'type-in-every-request': 'type 2 is in each request',
  bounds: 'requests under way, rows and queues stay within their limits',
  'acknowledged-change-lost': 'an agent has what it acknowledged, and nothing else',
  'swept-although-added': 'a sweep takes no port that was added after its sync',
  'swept-although-desired': 'where nothing fails, no desired port is swept',
  'one-port-per-address':
    'an address of a network is on one port at a time, and is not free while an agent has a port with it',
  converges: 'once all is well, ports, link states, files and ledger become what is desired',
  'falls-silent': 'and then no request is sent any more',
  'time-goes-on': 'nothing is done again and again at the same moment',
  'keeps-running': 'no defect ends the plugin or an agent',
} as const;

export type Rule = keyof typeof RULES;

/** A promise was broken. */
export class Violation extends Error {
  readonly rule: Rule;

  constructor(rule: Rule, text: string) {
    super(`${rule}: ${text}`);
    this.name = 'Violation';
    this.rule = rule;
  }
}
