import type { AddRule } from '../../ports/add-rule.ts';
import type { PortFileFormat } from './files/format.ts';
import type { GetFormat } from './oper/get-format.ts';
import type { ReadPort } from './ports/read-port.ts';
import type { SubscriptionRules } from './vm/subscription.ts';

/** All in which one release of the real agent differs from another besides its routes. */
export interface Release {
  readonly title: string;
  readonly readPort: ReadPort;
  readonly add: AddRule;
  /** Of the marks of ports; see `Rules`. */
  readonly generationsTold: number;
  readonly portFiles: PortFileFormat;
  /** undefined: GET tells what was added, whatever the control node says. */
  readonly getFormat: GetFormat | undefined;
  /** undefined: VMs cannot be subscribed to. */
  readonly subscriptionRules: SubscriptionRules | undefined;
  /** What a refused element of an array, and an add that could not be saved, come to: `swallowed` is 200. */
  readonly failures: 'told' | 'swallowed';
  readonly noticesShortWrites: boolean;
}
