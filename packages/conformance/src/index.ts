/**
 * Tells where a vrouter agent differs from what it should be, from outside: over its REST API, through its folder of
 * port files, and by restarting it.
 *
 * - `runSuite` runs the checks of a profile against a URL; `checksFor` lists them.
 * - Reports are pure functions of the results.
 * - `behaviourReference` is the page that explains every behaviour.
 */
export type { Step } from './agent/recorder.ts';
export type { BehaviourId } from './behaviours/behaviours.ts';
export type { Check } from './check.ts';
export * from './errors.ts';
export { NEEDS, type Config, type Need } from './needs.ts';
export { PROFILES, PROFILE_NAMES, type ProfileName } from './profiles.ts';
export { behaviourReference } from './reference/behaviour-reference.ts';
export { htmlReport } from './report/html.ts';
export { jsonReport } from './report/json.ts';
export { junitXml } from './report/junit.ts';
export { resultLine, summary } from './report/table.ts';
export * from './run/result.ts';
export { checksFor, runSuite, type SuiteOptions } from './run/run-suite.ts';
