import { PORT_FIELDS } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { wirePort } from './wire-port.ts';

test('clients see every field, in wire order, with the link state that the agent holds', () => {
  const { 'link-state': _asked, ...port } = samplePort(1);
  const wire = wirePort({ port, linkState: 1, generation: 7 });
  expect(wire).toEqual({ ...port, 'link-state': 1 });
  expect(Object.keys(wire)).toEqual(PORT_FIELDS);
});
