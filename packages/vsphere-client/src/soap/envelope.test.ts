import { expect, test } from 'vitest';
import { VsphereError } from '../errors.ts';
import { fault, response, soap } from '../testing/answers.ts';
import { parseXml } from '../xml/parse.ts';
import { openEnvelope, requestEnvelope } from './envelope.ts';

function open(document: string): unknown {
  try {
    return openEnvelope(parseXml(document), 'Login');
  } catch (error) {
    return error;
  }
}

test.each([
  ['by the type of its detail', fault('InvalidLogin'), 'InvalidLogin'],
  [
    'whatever the prefix',
    soap(
      '<soapenv:Fault><faultstring/><detail><InvalidLoginFault xmlns:p="http://www.w3.org/2001/XMLSchema-instance" p:type="vim25:InvalidLogin"/></detail></soapenv:Fault>',
    ),
    'InvalidLogin',
  ],
  [
    'else by its element',
    soap('<soapenv:Fault><detail><InvalidLoginFault/></detail></soapenv:Fault>'),
    'InvalidLogin',
  ],
  [
    'else by its code',
    soap('<soapenv:Fault><faultcode>ServerFaultCode</faultcode></soapenv:Fault>'),
    'ServerFaultCode',
  ],
  ['even when it says nothing', soap('<soapenv:Fault/>'), 'unknown'],
])('a fault is known %s', (_how, document, kind) => {
  expect(open(document)).toMatchObject({ code: 'FAULT', fault: kind });
});

test.each([
  ['a page of HTML', '<html><body>Login</body></html>'],
  ['an empty body', soap('')],
  ['the answer to something else', response('Logout', '')],
])('%s is no answer', (_what, document) => {
  const error = open(document);
  expect(error).toBeInstanceOf(VsphereError);
  expect(error).toMatchObject({ code: 'BAD_ANSWER', fault: undefined });
});

test('an answer is opened', () => {
  expect(open(response('Login', '<returnval/>'))).toMatchObject({ name: 'LoginResponse' });
});

test('names and passwords are escaped', () => {
  const envelope = requestEnvelope('Login', { type: 'SessionManager', value: 'a<b' }, '');
  expect(parseXml(envelope).children[0]?.children[0]).toMatchObject({
    name: 'Login',
    children: [{ name: '_this', refType: 'SessionManager', text: 'a<b' }],
  });
});
