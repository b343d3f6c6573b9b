import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { onBench } from '../testing/fault-bench.ts';
import type { LiveAgent } from '../testing/live-agent.ts';

const [A, B] = [samplePort(1), samplePort(2)];

async function scrape(agent: LiveAgent): Promise<Map<string, number>> {
  const response = await fetch(`${agent.adminUrl}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

test('requests, ports, sweeps, saves and failures are counted', () =>
  onBench(async (bench) => {
    const { agent } = bench;
    await agent.call('POST', '/port', [A, B]);
    await agent.call('POST', '/port', 'x');
    await agent.call('GET', '/nothing');
    await agent.call('POST', '/syncports');
    await agent.call('POST', '/port', B);
    const before = await scrape(agent);
    const name = (metric: string, labels = ''): string => `vrouter_agent_${metric}{agent="agent-1"${labels}}`;
    expect(before.get(name('requests_total', ',operation="add",status="200"'))).toBe(2);
    expect(before.get(name('requests_total', ',operation="add",status="400"'))).toBe(1);
    expect(before.get(name('requests_total', ',operation="unknown",status="404"'))).toBe(1);
    expect(before.get(name('ports', ',seen="true"'))).toBe(1);
    expect(before.get(name('ports', ',seen="false"'))).toBe(1);
    expect(before.get(name('pending_sweeps'))).toBe(1);
    expect(before.get(name('recovery_seconds'))).toBeGreaterThan(0);
    expect(before.get(name('commit_changes_count'))).toBe(3);
    expect(before.get(name('journal_bytes'))).toBeGreaterThan(0);
    expect(before.get(name('fsync_seconds_count'))).toBeGreaterThan(0);
    for (const metric of ['sweeps_total', 'swept_ports_total', 'commit_failures_total'])
      expect(before.get(name(metric)), metric).toBe(0);
    await agent.admin('/admin/clock', 'POST', { advanceMs: 60_000 });
    await bench.arm({ action: 'disk-full' });
    await agent.call('POST', '/port', A);
    const after = await scrape(agent);
    expect(after.get(name('sweeps_total'))).toBe(1);
    expect(after.get(name('swept_ports_total'))).toBe(1);
    expect(after.get(name('commit_failures_total'))).toBe(1);
    expect(after.get(name('commit_seconds_count'))).toBe(4);
  }));

test('a reset forgets requests, but no count goes back', () =>
  onBench(async ({ agent }) => {
    await agent.call('POST', '/port', A);
    await agent.admin('/admin/reset', 'POST');
    const metrics = await scrape(agent);
    expect(metrics.get('vrouter_agent_requests_total{agent="agent-1",operation="add",status="200"}')).toBe(1);
  }));
