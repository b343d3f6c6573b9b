import { pluginStartWithEmptyPorts } from './01-plugin-start-with-empty-ports.ts';
import { pluginRestartWithEmptyPorts } from './02-plugin-restart-with-empty-ports.ts';
import { addPort } from './03-add-port.ts';
import { deletePort } from './04-delete-port.ts';
import { pluginRestartWithActivePorts } from './05-plugin-restart-with-active-ports.ts';
import { vrouterDownAddOnePort } from './06-vrouter-down-add-one-port.ts';
import { vrouterDownDeleteOnePort } from './07-vrouter-down-delete-one-port.ts';
import { vrouterDownAddSeveralPorts } from './08-vrouter-down-add-several-ports.ts';
import { vrouterDownDeleteSeveralPorts } from './09-vrouter-down-delete-several-ports.ts';
import { pluginDownAddPort } from './10-plugin-down-add-port.ts';
import { pluginDownDeletePort } from './11-plugin-down-delete-port.ts';
import { bothDownAddPort } from './12-both-down-add-port.ts';
import { bothDownDeletePort } from './13-both-down-delete-port.ts';
import { addSecondAdaptersToTwoVms } from './14-add-second-adapters.ts';
import { deleteSecondAdapters } from './15-delete-second-adapters.ts';
import type { Scenario } from './scenario.ts';

/** The blueprint's 15 scenarios, in its order. */
export const SCENARIOS: readonly Scenario[] = [
  pluginStartWithEmptyPorts,
  pluginRestartWithEmptyPorts,
  addPort,
  deletePort,
  pluginRestartWithActivePorts,
  vrouterDownAddOnePort,
  vrouterDownDeleteOnePort,
  vrouterDownAddSeveralPorts,
  vrouterDownDeleteSeveralPorts,
  pluginDownAddPort,
  pluginDownDeletePort,
  bothDownAddPort,
  bothDownDeletePort,
  addSecondAdaptersToTwoVms,
  deleteSecondAdapters,
];
