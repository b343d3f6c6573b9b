import { blueprint } from './blueprint.ts';
import type { Profile } from './profile.ts';

/** The agents that this one can be, one file each. */
export const PROFILES = { blueprint } as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;
