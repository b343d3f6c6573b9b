import { expect, test } from 'vitest';
import { onBench } from '../testing/fault-bench.ts';
import { REST_OPERATIONS } from './operations.ts';

const VM = '502789bb-240a-841f-e24c-1564537218f7';
const VMI = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';
const SUBSCRIPTION = {
  'vm-uuid': VM,
  'vm-name': 'pod-1',
  'host-ifname': 'tap1',
  'vn-uuid': VM,
  'vmi-uuid': VMI,
};
const REQUESTS: [string, string, string, unknown?][] = [
  ['add', 'POST', '/port', []],
  ['delete', 'DELETE', `/port/${VMI}`],
  ['get', 'GET', `/port/${VMI}`],
  ['sync', 'POST', '/syncports'],
  ['enable', 'PUT', `/enable-port/${VMI}`],
  ['disable', 'PUT', `/disable-port/${VMI}`],
  ['add-gateway', 'POST', '/gateway', []],
  ['delete-gateway', 'DELETE', '/gateway', []],
  ['subscribe-vm', 'POST', '/vm', SUBSCRIPTION],
  ['get-vm', 'GET', `/vm/${VM}`],
  ['get-vm-interface', 'GET', `/vm/${VM}/${VMI}`],
  ['get-vm-config', 'GET', '/vm-cfg/pod-1'],
  ['unsubscribe-vm', 'DELETE', `/vm/${VM}`],
];

test('every operation has its name in the list of requests, in metrics, and in rules', () =>
  onBench(
    async (bench) => {
      expect(REQUESTS.map(([operation]) => operation).toSorted()).toEqual(REST_OPERATIONS.toSorted());
      for (const [operation, method, path, body] of REQUESTS) {
        const ask = async (): Promise<number> => (await bench.agent.call(method, path, body)).status;
        const status = await ask();
        await bench.arm({ match: { operation }, action: { kind: 'status', status: 418 } });
        expect([operation, await ask()]).toEqual([operation, 418]);
        const { requests } = (await bench.agent.admin('/admin/requests')).body as {
          requests: { operation: string; status: number }[];
        };
        expect(requests.slice(-2)).toMatchObject([
          { operation, status },
          { operation, status: 418 },
        ]);
        const metrics = await (await fetch(`${bench.agent.adminUrl}/metrics`)).text();
        expect(metrics).toContain(`requests_total{agent="agent-1",operation="${operation}",status="418"} 1`);
        await bench.disarm();
      }
    },
    { profile: 'tf' },
  ));

test('the list of requests tells the interface of a VM that a request is about', () =>
  onBench(
    async ({ agent }) => {
      await agent.call('POST', '/vm', { ...SUBSCRIPTION, 'vmi-uuid': 'garbage' });
      await agent.call('POST', '/vm', SUBSCRIPTION);
      await agent.call('GET', `/vm/${VM}/${VMI}`);
      await agent.call('GET', `/vm/${VM}`);
      expect((await agent.admin('/admin/requests')).body).toMatchObject({
        requests: [{ portIds: [] }, { portIds: [VMI] }, { portIds: [VMI] }, { portIds: [] }],
      });
    },
    { profile: 'tf' },
  ));

test('a disk that lies about subscriptions is no fault: rules for ports leave them alone', () =>
  onBench(
    async (bench) => {
      await bench.arm({ action: 'ack-then-lose' });
      await bench.agent.call('POST', '/vm', SUBSCRIPTION);
      expect(await bench.agent.call('GET', `/vm/${VM}/${VMI}`)).toMatchObject({ status: 200 });
    },
    { profile: 'tf' },
  ));
