import { VsphereError } from '../errors.ts';
import { findByPath, type Session } from '../soap/session.ts';
import type { SoapClient } from '../soap/soap-client.ts';
import type { Reference } from '../xml/write.ts';
import type { Start } from './filter-spec.ts';
import type { StepName } from './traversals.ts';

/**
 * Which part of vCenter to read; what is outside does not exist for us. The lists hold paths within the data centre, as
 * vCenter's own tree shows them: a cluster below hosts, a folder below VMs, a switch below networks. A slash in a name is
 * `%2f` in a path. Absent: everything.
 */
export interface Scope {
  readonly datacenter?: string;
  /** Only the hosts of these clusters, and the VMs on them. */
  readonly cluster?: readonly string[];
  /** Only the port groups of these distributed switches. */
  readonly switch?: readonly string[];
  /** Only the VMs in these folders, and in folders inside them. */
  readonly folder?: readonly string[];
}

/** Throws `BAD_SCOPE` for a part of a data centre that is not named. */
export function checkScope(scope: Scope): void {
  const parts = (['cluster', 'switch', 'folder'] as const).filter((part) => named(scope, part) !== undefined);
  if (scope.datacenter !== undefined || parts.length === 0) return;
  throw new VsphereError(
    'BAD_SCOPE',
    `The scope has ${parts.join(' and ')} without the data centre to look in`,
  );
}

/**
 * Where to start reading. A name that is not there, or no longer, is an error and not an empty scope: nothing must be
 * taken away because something was renamed. Throws `NO_SUCH_PLACE`.
 */
export async function startsOf(
  client: SoapClient,
  session: Session,
  scope: Scope,
  signal: AbortSignal,
): Promise<readonly Start[]> {
  const { datacenter } = scope;
  if (datacenter === undefined) return [{ at: session.rootFolder, steps: ['folder'] }];
  const find = (path: string, type: RegExp, what: string): Promise<Reference> =>
    findByPath(client, session, { path, type, what }, signal);
  const starts: Start[] = [
    { at: await find(datacenter, /^Datacenter$/u, 'data centre'), steps: datacenterSteps(scope) },
  ];
  for (const part of PARTS) {
    for (const path of named(scope, part.key) ?? []) {
      const at = await find(`${datacenter}/${part.below}/${path}`, part.type, part.what);
      starts.push({ at, steps: part.steps(scope) });
    }
  }
  return starts;
}

interface Part {
  readonly key: 'cluster' | 'switch' | 'folder';
  readonly below: string;
  readonly type: RegExp;
  readonly what: string;
  readonly steps: (scope: Scope) => readonly StepName[];
}

const PARTS: readonly Part[] = [
  {
    key: 'cluster',
    below: 'host',
    type: /ComputeResource$/u,
    what: 'cluster',
    steps: (scope) => (named(scope, 'folder') === undefined ? ['host', 'pool'] : ['host']),
  },
  {
    key: 'folder',
    below: 'vm',
    type: /^Folder$/u,
    what: 'folder of VMs',
    steps: () => ['vmFolderChild', 'appVm'],
  },
  {
    key: 'switch',
    below: 'network',
    type: /DistributedVirtualSwitch$/u,
    what: 'distributed switch',
    steps: () => ['portGroup'],
  },
];

/** From the data centre itself: to all that no part of the scope narrows. */
function datacenterSteps(scope: Scope): readonly StepName[] {
  const all = (part: Part['key']): boolean => named(scope, part) === undefined;
  const steps: StepName[] = [];
  if (all('cluster') && all('folder')) steps.push('vmFolder', 'hostFolder');
  else if (all('cluster')) steps.push('hostFolderOnly');
  if (all('switch')) steps.push('networkFolder');
  return steps;
}

/** An empty list narrows nothing. */
function named(scope: Scope, part: Part['key']): readonly string[] | undefined {
  return scope[part]?.length === 0 ? undefined : scope[part];
}
