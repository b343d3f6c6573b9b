import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults/faults.ts';
import { RuleSet } from '../faults/rules.ts';
import { bodyOf, refusable } from './body.ts';

/** The rules of an agent's faults, with how often each matched and fired; they are replaced as one set. */
export function faultsRoutes(app: FastifyInstance, faults: Faults): void {
  app.get('/admin/faults', async () => faults.report);

  app.put(
    '/admin/faults',
    refusable((request) => {
      faults.swap(bodyOf(request, RuleSet));
      return faults.report;
    }),
  );

  app.delete('/admin/faults', async () => {
    faults.swap({ rules: [] });
    return faults.report;
  });
}
