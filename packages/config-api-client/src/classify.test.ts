import { expect, test } from 'vitest';
import { classifyAnswer } from './classify.ts';
import { OTHER, UUID } from './testing/endings.ts';

test('only what the server says of an object means that there is none', () => {
  const known = [
    `Unknown id: ${UUID}`,
    `ID ${UUID} does not exist`,
    `No virtual-machine object found for id ${UUID}`,
    "Name [u'default-domain',\n u'vCenter'] not found",
    `Object Not Found: ${UUID}`,
  ];
  for (const message of known) expect(classifyAnswer(404, message)).toEqual({ kind: 'not-found', message });
  for (const text of ["Not found: '/x'", '<html>404</html>', '']) {
    expect(classifyAnswer(404, text)).toMatchObject({ kind: 'unavailable', status: 404, sent: true });
  }
  expect(classifyAnswer(404, "Resource type 'x' not found")).toMatchObject({ kind: 'refused', status: 404 });
});

test('conflicts tell what is taken, and by whom', () => {
  const conflict = (text: string) => classifyAnswer(409, text);
  expect(conflict(`[u'vm-1'] already exists with uuid: ${UUID}`)).toMatchObject({
    kind: 'conflict',
    over: 'name',
    uuid: UUID,
  });
  expect(conflict(`${UUID} already exists with fq_name: [u'vm-1']`)).toMatchObject({
    kind: 'conflict',
    over: 'uuid',
    uuid: UUID,
  });
  expect(conflict('Ip address already in use')).toEqual({
    kind: 'conflict',
    over: 'address',
    message: 'Ip address already in use',
  });
  expect(conflict('Overlapping addresses: []')).toMatchObject({ kind: 'conflict', over: 'other' });
});

test('what stands in the way of a delete is told', () => {
  const hrefs = `['http://h:8082/instance-ip/${UUID}', 'http://h:8082/virtual-machine-interface/${OTHER}']`;
  const others = [
    { type: 'instance-ip', uuid: UUID },
    { type: 'virtual-machine-interface', uuid: OTHER },
  ];
  expect(classifyAnswer(409, `Delete when children still present: ${hrefs}`)).toMatchObject({
    kind: 'children-present',
    children: others,
  });
  expect(classifyAnswer(409, `Delete when resource still referred: ${hrefs}`)).toMatchObject({
    kind: 'still-referred',
    referrers: others,
  });
});

test('what the server calls wrong is refused, what it may not do is unauthorised, all else may pass', () => {
  for (const status of [400, 413, 422]) {
    expect(classifyAnswer(status, ' Bad ')).toEqual({ kind: 'refused', status, message: 'Bad' });
  }
  for (const status of [401, 403]) {
    expect(classifyAnswer(status, 'no')).toEqual({ kind: 'unauthorised', message: `${status}: no` });
  }
  for (const status of [204, 302, 405, 408, 429, 500, 502, 503, 504]) {
    expect(classifyAnswer(status, '')).toEqual({
      kind: 'unavailable',
      reason: `The server answered ${status}: nothing`,
      sent: true,
      status,
    });
  }
});

test('long texts are cut', () => {
  const { message } = classifyAnswer(400, 'x'.repeat(10_000)) as { message: string };
  expect(message).toHaveLength(203);
});
