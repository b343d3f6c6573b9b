#!/usr/bin/env node
import { runMain } from '@vrouter/service-kit';
import { cli } from './cli.ts';

await runMain('vcenter-plugin', () => cli(process.argv.slice(2)));
