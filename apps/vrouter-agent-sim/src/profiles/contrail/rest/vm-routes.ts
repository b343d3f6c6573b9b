import { NIL_GUID } from '@vrouter/port-model';
import type { RestOperation } from '../../../rest/operations.ts';
import { isObject, parseJson } from '../json/parse.ts';
import { bytesOf } from '../json/unescape.ts';
import { configText } from '../oper/get-format.ts';
import { interfaceOfPort, interfaceOfSubscription, type VmInterface } from '../oper/interface.ts';
import { Refused } from '../ports/fields.ts';
import { DONE, NOT_FOUND, refusedPost, type Answer } from './answers.ts';
import { UUID, type Backend, type Route } from './route.ts';

const SUBSCRIBE: Route = {
  method: 'POST',
  path: /^\/vm$/,
  operation: 'subscribe-vm',
  failures: [500],
  handle: async ({ body, note }, { release, subscriptions }) => {
    const json = parseJson(body.split('\0', 1)[0] ?? '');
    if (json === undefined) return refusedPost(`Invalid Json string ==> ${body}`);
    if (!isObject(json)) return refusedPost(`Unexpected Json string ==> ${body}`);
    try {
      const wanted = release.subscriptionRules?.read(json);
      if (wanted === undefined) return DONE;
      if (wanted.vmiId !== NIL_GUID) note([wanted.vmiId]);
      await subscriptions?.add(wanted);
      return DONE;
    } catch (error) {
      if (error instanceof Refused) return refusedPost(error.message);
      throw error;
    }
  },
};

const UNSUBSCRIBE: Route = {
  method: 'DELETE',
  path: new RegExp(`^/vm/${UUID}$`),
  operation: 'unsubscribe-vm',
  failures: [404],
  handle: async ({ groups: [vmId = ''] }, { subscriptions }) => {
    if (vmId !== NIL_GUID) await subscriptions?.delete(vmId);
    return DONE;
  },
};

function get(
  operation: RestOperation,
  path: string,
  find: (groups: readonly string[], backend: Backend) => string | undefined,
): Route {
  return {
    method: 'GET',
    path: new RegExp(`^${path}$`, 's'),
    operation,
    failures: [404],
    handle: ({ groups, note }, backend): Answer => {
      if (operation === 'get-vm-interface') note(groups.slice(1));
      const text = find(groups, backend);
      return text === undefined ? NOT_FOUND : { status: 200, body: bytesOf(text) };
    },
  };
}

/** R4.0 to R5.0: a VM has one interface. */
export const VM_ROUTES_R4: readonly Route[] = [
  SUBSCRIBE,
  UNSUBSCRIBE,
  get('get-vm', `/vm/${UUID}`, ([vmId = ''], backend) => textOf(interfacesOf(vmId, backend)[0], backend)),
  get('get-vm-config', `/vm-cfg/${UUID}`, ([vmId = ''], backend) => {
    const [one] = interfacesOf(vmId, backend);
    return one && configText(one, { vm: 'instance-id', hasVnName: false });
  }),
];

/** R2008 and later: a VM has several, and its configuration is asked for by its name. */
export const VM_ROUTES_TF: readonly Route[] = [
  SUBSCRIBE,
  UNSUBSCRIBE,
  get('get-vm', `/vm/${UUID}`, ([vmId = ''], backend) =>
    listOf(interfacesOf(vmId, backend).map((one) => textOf(one, backend))),
  ),
  // Whose VM it is does not matter.
  get('get-vm-interface', `/vm/${UUID}/${UUID}`, ([vmId, vmiId], backend) =>
    vmId === NIL_GUID
      ? undefined
      : listOf([
          textOf(
            allInterfaces(backend).find(({ id }) => id === vmiId),
            backend,
          ),
        ]),
  ),
  get('get-vm-config', '/vm-cfg/(.*)', ([vmName = ''], backend) =>
    listOf(
      interfacesOf(vmIdOf(vmName, backend) ?? NIL_GUID, backend).map((one) =>
        configText(one, { vm: 'vm-uuid', hasVnName: true }),
      ),
    ),
  ),
];

/** All or nothing: one that cannot be told makes the list one that cannot be told. */
function listOf(texts: readonly (string | undefined)[]): string | undefined {
  return texts.length === 0 || texts.includes(undefined) ? undefined : `[${texts.join(',')}]`;
}

function textOf(one: VmInterface | undefined, { release, stamp }: Backend): string | undefined {
  return one && release.getFormat?.(one, stamp());
}

/** Those of a VM that the control node has told of, in order of their ids. */
function interfacesOf(vmId: string, backend: Backend): VmInterface[] {
  return allInterfaces(backend)
    .filter((one) => vmId !== NIL_GUID && one.vmId === vmId)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function allInterfaces({ agent, delivery, release, subscriptions }: Backend): VmInterface[] {
  const ports = [...agent.table.ports.values()].map(({ port }) => port);
  const ofPorts = ports.map((port) => interfaceOfPort(port, delivery));
  const { subscriptionRules: rules } = release;
  if (rules === undefined) return ofPorts.filter((one) => one !== undefined);
  const added = new Set(ports.map(rules.idOfPort));
  const ofSubscriptions = [...(subscriptions?.all ?? [])]
    .filter((one) => !added.has(rules.interfaceOf(one)?.toldBy ?? ''))
    .map((one) => interfaceOfSubscription(one, rules, delivery));
  return [...ofPorts, ...ofSubscriptions].filter((one) => one !== undefined);
}

function vmIdOf(name: string, { agent, subscriptions }: Backend): string | undefined {
  const bytes = (text: string): boolean => bytesOf(text) === name; // paths are bytes
  for (const { port } of agent.table.ports.values())
    if (bytes(port['display-name'])) return port['instance-id'];
  for (const { vmName, vmId } of subscriptions?.all ?? []) if (bytes(vmName)) return vmId;
  return undefined;
}
