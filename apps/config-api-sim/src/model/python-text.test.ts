import { expect, test } from 'vitest';
import { plainText, prettyName, pythonText } from './python-text.ts';

test('values are printed as Python 2 prints what it read from JSON', () => {
  expect(pythonText({ a: [1, 2.5, true, false, null], 'b c': {} })).toBe(
    "{u'a': [1, 2.5, True, False, None], u'b c': {}}",
  );
});

test('quotes, backslashes, control and other characters are escaped', () => {
  expect(pythonText("it's")).toBe('u"it\'s"');
  expect(pythonText('"it\'s"')).toBe(`u'"it\\'s"'`);
  expect(pythonText('a\\b\n\t\u0001')).toBe("u'a\\\\b\\n\\t\\x01'");
  expect(pythonText('ü€😀')).toBe("u'\\xfc\\u20ac\\U0001f600'");
});

test('names of less than 80 characters stand on one line, others an element a line', () => {
  expect(prettyName(['default-domain', 'vCenter'])).toBe("[u'default-domain', u'vCenter']");
  const long = ['default-domain', 'vCenter', 'x'.repeat(44)];
  const short = ['default-domain', 'vCenter', 'x'.repeat(43)];
  expect(prettyName(short)).toHaveLength(79);
  expect(prettyName(short)).not.toContain('\n');
  expect(prettyName(long)).toBe(`[u'default-domain',\n u'vCenter',\n u'${'x'.repeat(44)}']`);
});

test('plain texts stay as they are', () => {
  expect(plainText("it's")).toBe("it's");
  expect(plainText(undefined)).toBe('None');
});
