import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AdjustableClock } from './adjustable-clock.ts';
import { bodyOf, refusable } from './body.ts';

const ADVANCE_MS_MAX = 30 * 24 * 3_600_000;

export const ClockBody = z
  .strictObject({
    freeze: z.boolean().optional().describe('`true` stops time, `false` lets it go on.'),
    advanceMs: z
      .number()
      .min(0)
      .max(ADVANCE_MS_MAX)
      .optional()
      .describe('Sets time forward, after `freeze`; all that falls due on the way is done in order.'),
  })
  .refine(({ freeze, advanceMs }) => freeze !== undefined || advanceMs !== undefined, {
    error: 'expected freeze, advanceMs or both',
  });

export interface ClockParts {
  /** Resolves when all work that was begun is done. */
  readonly settled: () => Promise<void>;
  /** The agent's time. */
  readonly clock: AdjustableClock;
}

/** `POST /admin/clock`: stops time, lets it go on, sets it forward; answers when all work that fell due is done. */
export function clockRoutes(app: FastifyInstance, { settled, clock }: ClockParts): void {
  let last: Promise<unknown> = Promise.resolve();

  app.get('/admin/clock', async () => clock.state);

  app.post(
    '/admin/clock',
    refusable(async (request) => {
      const { freeze, advanceMs } = bodyOf(request, ClockBody);
      const turn = last.then(async () => {
        if (freeze === true) clock.freeze();
        if (freeze === false) clock.unfreeze();
        if (advanceMs !== undefined) await clock.advance(advanceMs, settled);
      });
      last = turn.catch(() => undefined);
      await turn;
      return clock.state;
    }),
  );
}
