import { MOVES } from './catalogue/moves.ts';
import { Stage } from './stage/stage.ts';
import { testActions } from './test-group.ts';

testActions([MOVES], async () => {
  const stage = await Stage.open(['esx-1', 'esx-2']);
  // An outage before the sweep would bring another sync.
  await stage.swept();
  return stage;
});
