/** Values of `--profile`. */
export const PROFILE_NAMES = ['blueprint', 'r3.1', 'r4.1', 'tf'] as const;

export type ProfileName = (typeof PROFILE_NAMES)[number];
