/**
 * Contrail's config API server, and Keystone for its tokens.
 *
 * - `createConfigApiClient(options)`: one server; every operation resolves to a typed outcome.
 * - Lists are whole or a failure: a part of a list would look as if the rest had been deleted.
 */
export type { Brief } from './answers.ts';
export * from './client.ts';
export * from './errors.ts';
export type { TlsOptions } from './http/tls.ts';
export type { KeystoneOptions } from './keystone/options.ts';
export type { Limits } from './limits.ts';
export type { ListQuery } from './lists.ts';
export * from './objects/index.ts';
export type * from './outcome.ts';
export type { ReferenceChange } from './requests.ts';
