/** The agents whose behaviour is known: the blueprint's, and the real one of three releases. */
export const PROFILES = {
  blueprint: 'what the blueprint asks for, strictly: the reference agent',
  'r3.1': 'Contrail R3.1: the first agent with this API',
  'r4.1': 'Contrail R4.0 and R4.1: normalised port files, GET from the operational tables',
  tf: 'Contrail R5.1 to Tungsten Fabric: enable and disable',
} as const;

export type ProfileName = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

/** Groups that behave alike in most things. */
const GROUPS = {
  all: PROFILE_NAMES,
  real: ['r3.1', 'r4.1', 'tf'],
  modern: ['r4.1', 'tf'],
} as const satisfies Record<string, readonly ProfileName[]>;

export const ALL: readonly ProfileName[] = GROUPS.all;
export const REAL: readonly ProfileName[] = GROUPS.real;
export const MODERN: readonly ProfileName[] = GROUPS.modern;
/** Those that can enable and disable ports. */
export const WITH_LINK_STATE: readonly ProfileName[] = ['blueprint', 'tf'];

/** One value per profile; that of a profile goes before `modern`, which goes before `real`, before `all`. */
export type ByProfile<T> = Partial<Record<ProfileName | keyof typeof GROUPS, T>>;

/** The value for `profile`, or undefined when `table` has none. */
export function valueFor<T>(table: ByProfile<T>, profile: ProfileName): T | undefined {
  if (table[profile] !== undefined) return table[profile];
  for (const group of ['modern', 'real', 'all'] as const) {
    const members: readonly ProfileName[] = GROUPS[group];
    if (table[group] !== undefined && members.includes(profile)) return table[group];
  }
  return undefined;
}

/** The profiles that `table` has a value for. */
export function profilesOf(table: ByProfile<unknown>): readonly ProfileName[] {
  return PROFILE_NAMES.filter((profile) => valueFor(table, profile) !== undefined);
}
