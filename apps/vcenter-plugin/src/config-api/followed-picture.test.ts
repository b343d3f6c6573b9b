import { expect, test } from 'vitest';
import { FollowedPicture } from './followed-picture.ts';
import { ApiPicture } from './picture.ts';
import { asRead } from './work/as-read.ts';

const machine = (uuid: string) => asRead('virtual-machine', { uuid, fq_name: [uuid] });

test('what was written during a reading is known better than what was read', () => {
  const followed = new FollowedPicture();
  followed.put('virtual-machine', machine('deleted-meanwhile'));
  followed.beginReading();
  followed.put('virtual-machine', machine('made-meanwhile'));
  followed.remove('virtual-machine', 'deleted-meanwhile');
  const read = new ApiPicture();
  for (const uuid of ['deleted-meanwhile', 'of-others']) read.put('virtual-machine', machine(uuid));
  followed.endReading(read);
  expect([...followed.current.machines.keys()].sort()).toEqual(['made-meanwhile', 'of-others']);
});

test('a reading that failed changes nothing', () => {
  const followed = new FollowedPicture();
  followed.put('virtual-machine', machine('a'));
  followed.beginReading();
  followed.endReading(undefined);
  expect([...followed.current.machines.keys()]).toEqual(['a']);
});
