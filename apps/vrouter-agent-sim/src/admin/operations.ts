import type { z } from 'zod';
import { RuleSet } from '../faults/rules.ts';
import { ConfigBody } from '../profiles/contrail/config/config-request.ts';
import { ClockBody } from './clock-route.ts';
import { Snapshot } from './snapshot.ts';

/** What an operation of the admin API is for, in the words of its reference page. */
export interface AdminOperation {
  readonly tells: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.ZodType;
}

/** Every operation of the operators' listener; a test holds the routes to it. */
export const ADMIN_OPERATIONS: Readonly<Record<string, AdminOperation>> = {
  'GET /healthz': { tells: 'The process is alive.' },
  'GET /readyz': { tells: '200 while every agent serves and can save, 503 otherwise, with the `reasons`.' },
  'GET /metrics': { tells: 'Prometheus; see [metrics](agent-metrics.md).' },
  'GET /docs': { tells: 'The REST API of the profile, and this one, as a page.' },
  'GET /docs/openapi.json': {
    tells:
      'The REST API of the profile for programs: its routes, the statuses of their answers, what they take, and an ' +
      'example of what they tell.',
  },
  'GET /docs/admin-openapi.json': { tells: 'This API for programs.' },
  'GET /agents': { tells: '`{"agents": [{"name"}]}`: all agents of the process.' },
  'GET /admin/state': {
    tells:
      '`{"generation", "deadlines", "ports", "setAside"}`: how many syncs came; when the sweeps to come fall due, in ' +
      'milliseconds since 1970; each port with `id`, `seen`, `generation` of its last add, `linkState` and `port`; ' +
      'files that were set aside, each with its reason.',
  },
  'GET /admin/requests': {
    tells:
      '`{"dropped", "requests"}`: the last requests to the REST API in the order in which they came, each with `seq`, ' +
      '`atMs`, `connection`, `method`, `path`, `query`, `operation` (null where no route takes it), `portIds`, ' +
      '`status` (null while it is carried out) ' +
      'and the beginning of its `body`; and how many older ones are forgotten.',
    query: {
      since: 'only those after this `seq`; 410 when some of them are forgotten',
      format:
        '`ndjson`: a line each, also by `Accept: application/x-ndjson`; then `X-Requests-Dropped` tells how many',
    },
  },
  'GET /admin/snapshot': { tells: 'All that the agent holds, as `PUT /admin/snapshot` takes it.' },
  'PUT /admin/snapshot': {
    tells:
      'Replaces all that the agent holds, durably, or nothing; answered when port files hold it, too. Times are what is left of them, so a snapshot may be ' +
      'loaded at any time, and into another agent, also of another profile: `{"leftOut": [{"key", "reason"}]}` tells then ' +
      'what agents of that profile do not hold (`subscriptions`, `config`), `{}` that all is there. `blueprint` refuses ' +
      'a snapshot with ports that it would not take. Faults and remembered requests are no part of it, nor are, in `r3.1`, ' +
      'the very words of the requests: files are written from what the table holds.',
    body: Snapshot,
  },
  'GET /admin/clock': {
    tells: '`{"nowMs", "frozen", "pending"}`: the time of the agent, and how many timers wait.',
  },
  'POST /admin/clock': {
    tells:
      'Stops time, lets it go on, sets it forward. Answered when all work that fell due is done and port files say so.',
    body: ClockBody,
  },
  'POST /admin/sweep': {
    tells:
      'Sweeps now, as if the time of the last sync were over. Answered when it is done, and files are gone.',
  },
  'POST /admin/reset': {
    tells:
      'No ports, no syncs, no subscriptions, no faults, no requests; configuration as at the start; the clock goes on. ' +
      'Answered when files are gone.',
  },
  'GET /admin/faults': {
    tells: 'The rules, each with how often it was `seen` to match and how often it `fired`.',
  },
  'PUT /admin/faults': {
    tells: 'Replaces all rules as one set; see [faults](../guides/faults.md).',
    body: RuleSet,
  },
  'DELETE /admin/faults': { tells: 'No faults any more; what waits for one goes on.' },
  'POST /admin/config': {
    tells:
      'What the control node delivers, and to which ports; 409 in `blueprint` and ' +
      '`r3.1`, which know no configuration, and with `--config-delivery none`.',
    body: ConfigBody,
  },
};
