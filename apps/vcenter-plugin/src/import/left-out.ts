/** The keys of the original that we have no word for, and why. The first pattern that fits counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(auth_|admin_)/u, 'unknown key of Keystone'],
  [/^zookeeper\./u, 'electing a master is not supported yet: run one plugin only'],
];

/** Why `key` was left out. Its value is not looked at: it may be a password. */
export function whyLeftOut(key: string): string {
  return REASONS.find(([pattern]) => pattern.test(key))?.[1] ?? 'unknown key';
}
