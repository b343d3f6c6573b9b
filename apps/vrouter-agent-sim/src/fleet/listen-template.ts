import { StartError } from '@vrouter/service-kit';

const PLACE = /\{([^{}]*)\}/g;
const TERM = /^([+-]?)(i|\d+)((?:[*/%](?:i|\d+))*)/;

/**
 * The address of agent `i`, counted from 0: `127.1.{i/250}.{i%250+1}:9091`. In braces stands a sum of products of `i`
 * and whole numbers, with `+ - * / %`; division is whole. Throws `StartError` BAD_CONFIG that says what it could not read.
 */
export function fillTemplate(template: string, i: number): string {
  return template.replace(PLACE, (_place, text: string) => String(valueOf(text.replaceAll(' ', ''), i)));
}

function valueOf(text: string, i: number): number {
  let sum = 0;
  for (let rest = text; rest !== '' || text === '';) {
    const match = TERM.exec(rest);
    if (match === null || (rest !== text && match[1] === '')) {
      throw bad(`expected a sum such as i%250+1 in braces, got {${text}}`);
    }
    const [whole, sign, first = '', factors = ''] = match;
    sum += (sign === '-' ? -1 : 1) * productOf(first, factors, i);
    rest = rest.slice(whole.length);
  }
  return sum;
}

function productOf(first: string, factors: string, i: number): number {
  const value = (text: string): number => (text === 'i' ? i : Number(text));
  let product = value(first);
  for (const [, operator, text = ''] of factors.matchAll(/([*/%])(i|\d+)/g)) {
    const factor = value(text);
    if (operator === '*') product *= factor;
    else if (factor === 0) throw bad(`${text} is zero for agent ${i + 1}, so nothing can be divided by it`);
    else product = operator === '/' ? Math.trunc(product / factor) : product % factor;
  }
  return product;
}

function bad(problem: string): StartError {
  return new StartError('BAD_CONFIG', `listenTemplate: ${problem}`);
}
