#!/usr/bin/env node
import { keepHeapSmall } from './heap.ts';

keepHeapSmall();
await import('./run.ts'); // only now, because loading it makes the heap grow
