import fc, { type Arbitrary } from 'fast-check';
import { portBody, requestText } from './requests.ts';

const DEEP_MAX = 20_000;
const PATHS = [
  '/port',
  '/port',
  '/port',
  '/syncports',
  '/gateway',
  '/vm',
  '/admin/snapshot',
  '/admin/clock',
  '/admin/config',
  '/admin/sweep',
];

const anyText = fc.json({ noUnicodeString: false, maxDepth: 5 });

const anyValue = fc.oneof(
  fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }),
  fc.constantFrom<unknown>(
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    1e308,
    -0,
    1.5,
    '',
    null,
    [],
    {},
    '\0',
    '../../x',
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

/** A port with something else in some of its fields, and fields that it does not have. */
const bentPort = fc
  .tuple(
    portBody,
    fc.array(fc.tuple(fc.nat({ max: 15 }), anyValue), { minLength: 1, maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), anyValue, {
      maxKeys: 2,
    }),
  )
  .map(([port, bends, extra]) => {
    const names = Object.keys(port);
    const bent = bends.map(([at, value]) => [names[at % names.length] ?? '', value] as const);
    return JSON.stringify({ ...port, ...extra, ...Object.fromEntries(bent) });
  });

/** JSON with a piece cut out, put in twice, or replaced. */
const broken = fc
  .tuple(
    bentPort,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat({ max: 10 }),
    fc.string({ maxLength: 5 }),
  )
  .map(([text, share, length, other]) => {
    const at = Math.floor(share * text.length);
    return text.slice(0, at) + other + text.slice(at + length);
  });

const deep = fc
  .tuple(fc.nat({ max: DEEP_MAX }), fc.constantFrom('[', '{"a":', '[{"id":'), fc.boolean())
  .map(([depth, open, isClosed]) => {
    const close = open === '[' ? ']' : open === '[{"id":' ? '}]' : '}';
    return open.repeat(depth) + (isClosed ? `1${close.repeat(depth)}` : '');
  });

/** Any JSON, and almost JSON, sent as it should be. */
export const randomJson: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...PATHS),
    fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE'),
    fc.oneof(
      anyText,
      bentPort,
      fc.array(bentPort, { maxLength: 4 }).map((all) => `[${all.join(',')}]`),
      broken,
      deep,
    ),
  )
  .map(([path, method, body]) => requestText(method, path, body));
