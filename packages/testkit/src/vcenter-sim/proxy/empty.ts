import { matcher, type Fault, type Which } from './fault.ts';

const KINDS = {
  /** Nothing new, although everything is. */
  'no update set': (body: string) => body.replace(/<returnval>.*<\/returnval>/su, ''),
  /** An update set without objects in it. */
  'no objects': (body: string) => body.replaceAll(/<objectSet>.*<\/objectSet>/gsu, ''),
  'no content': () => '',
} as const;

/** These answers are well and empty, by some mistake on the way. */
export function emptied(which: Which, kind: keyof typeof KINDS): Fault {
  const matches = matcher(which);
  return {
    change: (call, answer) => (matches(call) ? { ...answer, body: KINDS[kind](answer.body) } : answer),
  };
}
