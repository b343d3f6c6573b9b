/**
 * One vrouter agent over REST.
 *
 * - An operation sends one request, once, and says what came of it (`Outcome`); it throws for wrong arguments only.
 * - Success is status 200 and a JSON object without `error`, whatever else the answer looks like.
 * - `sent: false` promises that nothing was applied; otherwise nobody knows, and the request may be repeated.
 * - Connections are kept, several per agent, and never carry two requests at a time.
 */
export * from './agent-client.ts';
export * from './errors.ts';
export type { AgentClientLimits } from './limits.ts';
export * from './outcome.ts';
export type { Timer } from './timer.ts';
export { checkTls, type TlsOptions } from './tls.ts';
