/** What histories of agents and plugin are held against, in virtual time and in real time alike. */
export * from './agent-model.ts';
export * from './ask-of.ts';
export * from './port-texts.ts';
export * from './violation.ts';
