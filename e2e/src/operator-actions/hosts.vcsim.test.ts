import { loopbackAddress } from '../world/loopback.ts';
import { AGENTS } from './catalogue/agents.ts';
import { HOSTS } from './catalogue/hosts.ts';
import { Stage } from './stage/stage.ts';
import { testActions } from './test-group.ts';

const listed = ['esx-1', 'esx-2', 'esx-3'];
const found = { host: 'esx-4', address: loopbackAddress() };

testActions([HOSTS, AGENTS], () => Stage.open(listed, { listed, found }));
