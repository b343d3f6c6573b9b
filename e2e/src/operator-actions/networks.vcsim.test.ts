import { ADAPTERS } from './catalogue/adapters.ts';
import { NETWORKS } from './catalogue/networks.ts';
import { Stage } from './stage/stage.ts';
import { testActions } from './test-group.ts';

testActions([ADAPTERS, NETWORKS], () => Stage.open(['esx-1', 'esx-2']));
