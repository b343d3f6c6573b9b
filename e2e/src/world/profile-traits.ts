/** How the agents of a profile differ, as far as the scenarios look. */
export interface ProfileTraits {
  /** Without link states every port forwards from its add on, and port files say nothing of it. */
  readonly linkStates: boolean;
}

const TRAITS: Readonly<Record<string, ProfileTraits>> = {
  blueprint: { linkStates: true },
  'r3.1': { linkStates: false },
  'r4.1': { linkStates: false },
  tf: { linkStates: true },
};

/** An error for a profile that is not known. */
export function traitsOf(profile: string): ProfileTraits {
  const traits = TRAITS[profile];
  if (traits === undefined)
    throw new Error(`expected one of ${Object.keys(TRAITS).join(' | ')}, got ${profile}`);
  return traits;
}
