const MASK = '***';
/** `passwordFile` and `tokenPath` are no secrets: they tell where one is. */
const SECRET_KEY = /(password|passphrase|secret|token|apikey|privatekey|credentials?)$/i;

/** A copy of `config` that may be printed: secrets by the name of their key, and the passwords of URLs, are masked. */
export function maskSecrets(config: unknown): unknown {
  if (Array.isArray(config)) return config.map(maskSecrets);
  if (typeof config === 'string') return config.replace(/(\w+:\/\/[^\s/:@]*):[^\s/@]*@/g, `$1:${MASK}@`);
  if (typeof config !== 'object' || config === null) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      SECRET_KEY.test(key) && value !== undefined && value !== null ? MASK : maskSecrets(value),
    ]),
  );
}
