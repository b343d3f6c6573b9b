/**
 * The wire contract between vcenter-plugin and vrouter agents. Both sides parse with it; neither has a second copy.
 *
 * - A port is one record under its wire names (`Port`); parsing normalises and names every bad field.
 * - A port file is the same record on disk, in the real agent's format.
 * - Errors, routes, JSON Schema and OpenAPI are made from the tables here.
 */
export * from './errors.ts';
export * from './parse.ts';
export * from './port-file.ts';
export * from './port.ts';
export * from './reference/json-schema.ts';
export * from './reference/openapi.ts';
export * from './reference/pages.ts';
export * from './routes.ts';
export * from './values.ts';
