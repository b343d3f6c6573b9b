import { matcher, type Fault, type Which } from './fault.ts';

/** These answers wait until they are let go. */
export function slowAnswer(which: Which): Fault & { readonly letGo: () => void } {
  const matches = matcher(which);
  let letGo = (): void => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  return { hold: (call) => (matches(call) ? gone : undefined), letGo: () => letGo() };
}
