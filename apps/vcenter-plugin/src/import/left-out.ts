/** The keys of the original that we have no word for, and why. The first pattern that fits counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^mode$/u,
    'only mode standalone is supported yet: ports come from vCenter alone, nothing is written to or read from a config API',
  ],
  [/^api\./u, 'the config API is not supported yet'],
  [/^(auth_|admin_)/u, 'the config API, and so Keystone, is not supported yet'],
  [/^zookeeper\./u, 'electing a master is not supported yet: run one plugin only'],
];

/** Why `key` was left out. Its value is not looked at: it may be a password. */
export function whyLeftOut(key: string): string {
  return REASONS.find(([pattern]) => pattern.test(key))?.[1] ?? 'unknown key';
}
