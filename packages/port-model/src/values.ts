import { z } from 'zod';

/** The id that stands for "none": the agent's uuid parser yields it for anything it cannot read. */
export const NIL_GUID = '00000000-0000-0000-0000-000000000000';

/** "No address", as the agent stores it. */
export const NO_IPV4 = '0.0.0.0';
export const NO_IPV6 = '::';

/** "No VLAN" in requests; the agent stores it as an unsigned 16-bit number. */
export const NO_VLAN = -1;
export const NO_VLAN_STORED = 65535;
export const VLAN_MAX = 4095;

/** No adapter has it. */
export const NIL_MAC = '00:00:00:00:00:00';

// Both cases spelled out: JSON Schema patterns know no flags.
const GUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const GUID_OR_NONE = new RegExp(`${GUID.source}|^(None)?$`);
const MAC = /^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/;
/** Clients of the original send these two for "no address" and "no project". */
export const NOTHING: ReadonlySet<unknown> = new Set(['', 'None']);

// The error of a schema is that of its checks, too, unless they have their own.

/** 8-4-4-4-12 hex digits of any version: vCenter's ids are not RFC 9562 UUIDs. Normalised to lower case. */
export const Guid = z
  .string({ error: 'a guid like 5029e6c4-fa3c-8ae0-d8b3-0123456789ab' })
  .regex(GUID)
  .toLowerCase()
  .meta({ examples: ['5029e6c4-fa3c-8ae0-d8b3-0123456789ab'] });

/** JSON Schema of a guid or MAC that is more than zeros, which zod cannot tell from a refinement. */
export const NOT_ZERO = { not: { pattern: '^[0:-]*$' } };

/** A guid that names something: the nil guid is refused. */
export const NonNilGuid = Guid.refine((value) => value !== NIL_GUID, {
  error: 'a guid other than the nil guid',
}).meta(NOT_ZERO);

/** A guid, or `None` or the empty string for "unknown" (normalised to the nil guid). */
export const GuidOrNone = z
  .string({ error: 'a guid, "None" or ""' })
  .regex(GUID_OR_NONE)
  .transform((value) => (NOTHING.has(value) ? NIL_GUID : value.toLowerCase()));

/** Six colon-separated pairs of hex digits, not all zero. Normalised to lower case. */
export const Mac = z
  .string({ error: 'a MAC address like 00:50:56:bf:7d:a1' })
  .regex(MAC)
  .toLowerCase()
  .refine((value) => value !== NIL_MAC, { error: `a MAC address other than ${NIL_MAC}` })
  .meta({ examples: ['00:50:56:bf:7d:a1'], ...NOT_ZERO });

const IPV4 = z.ipv4();
const IPV6 = z.ipv6();
const NO_ADDRESS = { enum: [...NOTHING] };

/** Dotted IPv4, or `None` or the empty string for "no address" (normalised to 0.0.0.0). */
export const Ipv4OrNone = z
  .string({ error: 'an IPv4 address, "None" or ""' })
  .refine((value) => NOTHING.has(value) || IPV4.safeParse(value).success)
  .meta({ anyOf: [{ format: 'ipv4' }, NO_ADDRESS] })
  .transform((value) => (NOTHING.has(value) ? NO_IPV4 : value));

/** IPv6, or `None` or the empty string for "no address" (normalised to ::). Normalised to the RFC 5952 form. */
export const Ipv6OrNone = z
  .string({ error: 'an IPv6 address, "None" or ""' })
  .refine((value) => NOTHING.has(value) || IPV6.safeParse(value).success)
  .meta({ anyOf: [{ format: 'ipv6' }, NO_ADDRESS] })
  .transform((value) => (NOTHING.has(value) ? NO_IPV6 : canonicalIpv6(value)));

/** -1 for none, else 0 to 4095. */
export const Vlan = z.int({ error: 'an integer: -1 (none) or 0 to 4095' }).min(NO_VLAN).max(VLAN_MAX);

/** 0 = Nova, 1 = namespace (never swept), 2 = remote, which is what vCenter's ports are. */
export const PortType = z.literal([0, 1, 2], { error: 'the integer 0, 1 or 2' });

/** 1 = forwards, 0 = does not. */
export const LinkState = z.literal([0, 1], { error: 'the integer 0 (disabled) or 1 (enabled)' });

export type PortType = z.infer<typeof PortType>;
export type LinkState = z.infer<typeof LinkState>;

/** `value` as a lower-case guid, or undefined when it is none. */
export function parseGuid(value: unknown): string | undefined {
  return Guid.safeParse(value).data;
}

/** `value` as a lower-case colon-separated MAC, or undefined when it is none. */
export function parseMac(value: unknown): string | undefined {
  return Mac.safeParse(value).data;
}

/** The WHATWG URL parser is the one place in the platform that knows RFC 5952. */
function canonicalIpv6(value: string): string {
  return new URL(`http://[${value}]/`).hostname.slice(1, -1);
}
