import { blueprint } from './blueprint.ts';
import type { ProfileName } from './names.ts';
import type { Profile } from './profile.ts';
import { r31 } from './r3.1.ts';
import { r41 } from './r4.1.ts';
import { tf } from './tf.ts';

/** The agents that this one can be, one file each. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { blueprint, 'r3.1': r31, 'r4.1': r41, tf };
