import type { Check } from '../check.ts';

/** Does one of `patterns` name `check`: by its name, its topic or its fact; `*` stands for any text? */
export function isSelected(
  { name, fact }: Pick<Check, 'name' | 'fact'>,
  patterns: readonly string[],
): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((pattern) => pattern === fact || asRegExp(pattern).test(name));
}

function asRegExp(pattern: string): RegExp {
  const text = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${text.join('.*')}(/|$)`);
}
