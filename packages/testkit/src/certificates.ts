/** A certificate and its private key, as PEM text. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateAuthority {
  /** What those who trust it need, as PEM text. */
  readonly cert: string;
  /** For a server on this machine (`localhost`, 127.0.0.1, ::1), or for a client: either side may use it. */
  issue(name: string): Promise<Certificate>;
}

const DAY_MS = 24 * 3_600_000;

/** An authority of this process alone; its certificates are good from yesterday until tomorrow. */
export async function certificateAuthority(name: string): Promise<CertificateAuthority> {
  const { generate } = await import('selfsigned'); // large, and few tests need it
  const common = () => ({
    keyType: 'ec' as const,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + DAY_MS),
  });
  const commonName = (value: string) => [{ name: 'commonName', value }];
  const own = await generate(commonName(name), {
    ...common(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    cert: own.cert,
    issue: async (subject) => {
      const { cert, private: key } = await generate(commonName(subject), {
        ...common(),
        ca: { key: own.private, cert: own.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'keyUsage', digitalSignature: true },
          { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
              { type: 7, ip: '::1' },
            ],
          },
        ],
      });
      return { cert, key };
    },
  };
}
