import type { FastifyInstance } from 'fastify';
import type { Agent } from '../agent.ts';
import { blueprintRoutes } from './blueprint.ts';

/** The agents that this one can be, one file each. */
export const PROFILES = {
  blueprint: blueprintRoutes,
} as const satisfies Record<string, (app: FastifyInstance, agent: Agent) => void>;

export type ProfileName = keyof typeof PROFILES;
