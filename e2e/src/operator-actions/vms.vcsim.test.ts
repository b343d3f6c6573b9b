import { GUESTS } from './catalogue/guests.ts';
import { POWER } from './catalogue/power.ts';
import { VMS } from './catalogue/vms.ts';
import { Stage } from './stage/stage.ts';
import { testActions } from './test-group.ts';

testActions([POWER, VMS, GUESTS], () => Stage.open(['esx-1', 'esx-2']));
