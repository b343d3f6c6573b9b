/** Requests and answers without a network, for those who bring their own. */
export { classifyChange, classifyRead } from './classify.ts';
export * from './requests.ts';
