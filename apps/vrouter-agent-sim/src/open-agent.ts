import { join } from 'node:path';
import type { Clock, Logger, ServerTls } from '@vrouter/service-kit';
import { AdjustableClock } from './admin/adjustable-clock.ts';
import { RequestRing } from './admin/request-ring.ts';
import type { Admin } from './admin/routes.ts';
import { Agent } from './agent.ts';
import type { Config } from './config.ts';
import { openDataPlane } from './dataplane/open-data-plane.ts';
import { FaultableFiles } from './faults/disk/faultable-files.ts';
import { Faults } from './faults/faults.ts';
import { readRules } from './faults/read-rules.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Rules } from './ports/protocol.ts';
import type { Api, Profile } from './profiles/profile.ts';
import { PROFILES } from './profiles/profiles.ts';
import type { FileSystem } from './store/file-system.ts';
import { openFolders } from './store/folders.ts';
import { loadStore } from './store/load-store.ts';
import type { Loaded } from './store/store.ts';

/** Some ten milliseconds of work for a disk. */
const SWEEP_SLICE_MAX = 128;
const SWEEP_RETRY_MS = 1000;

export interface World {
  readonly clock: Clock;
  readonly files: FileSystem;
  readonly log: Logger;
  /** Whether the operating system has such an interface; asks it when absent. */
  readonly interfaceExists?: (name: string) => boolean;
}

export interface OpenAgentParts extends World {
  /** Of the REST API; undefined: none. */
  readonly tls?: ServerTls | undefined;
}

/** One agent on its folders, without listeners. */
export interface OpenAgent {
  readonly config: Config;
  readonly api: Api;
  readonly admin: Admin;
  /** Begins to forward, if there is a data plane: once its ports are loaded. */
  forward(): void;
  /** What is wrong at the moment, in words for operators. */
  problems(): readonly string[];
  /** Finishes what is in progress, then lets go of the folders. */
  close(): Promise<void>;
}

/** Takes the folders of an agent and loads what they hold. Throws `StartError` and leaves nothing open. */
export async function openAgent(config: Config, world: OpenAgentParts, metrics: Metrics): Promise<OpenAgent> {
  const { stateDir, portsDir = join(stateDir, 'ports') } = config;
  const profile: Profile = PROFILES[config.profile];
  const folders = await openFolders(world.files, { stateDir, portsDir });
  try {
    const clock = new AdjustableClock(world.clock);
    const disk = new FaultableFiles(metrics.measureFiles(config.name, world.files));
    const faults = new Faults(config.seed, disk, {
      clock,
      realClock: world.clock,
      crash: () => process.kill(process.pid, 'SIGKILL'),
      agent: {
        port: (id) => agent.port(id),
        request: (command) => agent.request(command),
      },
    });
    if (config.faults !== undefined) faults.swap(readRules(config.faults));
    const parts = {
      ...world,
      files: disk.files,
      config,
      places: folders.places,
      author: config.author ?? profile.author,
      now: () => clock.now(),
    };
    const store = metrics.measureStore(config.name, profile.openStore(parts));
    const loaded = await loadStore(store, folders.places);
    report(loaded, world.log);
    const rules = { ...rulesOf(config, store.batchCommandsMax), ...profile.rules };
    const agent = new Agent({ store, loaded, rules, clock, log: world.log });
    const dataPlane = await openDataPlane(config, {
      ports: () => agent.table.ports.values(),
      clock: world.clock,
      log: world.log,
      meter: metrics.dataPlaneMeter(config.name),
    });
    agent.onChanged(() => dataPlane?.changed());
    const requests = new RequestRing(config.requestsRemembered);
    const journal = join(folders.places.state, 'journal');
    const journalBytes = () => world.files.facts(journal)?.sizeBytes;
    metrics.measureAgent(config.name, { agent, requests, journalBytes });
    return {
      config,
      api: profile.createApi({ ...parts, agent, requests, seam: faults }),
      admin: {
        agent,
        requests,
        setAside: loaded.setAside,
        clock,
        realClock: world.clock,
        faults,
        filesWritten: async () => store.written?.(),
        isStrict: profile.isStrict,
      },
      forward: () => dataPlane?.start(),
      problems: () => [...(store.problems?.() ?? []), ...(dataPlane?.problems() ?? [])],
      close: async () => {
        await agent.stop();
        await dataPlane?.close();
        await store.close?.();
        folders.release();
      },
    };
  } catch (error) {
    folders.release();
    throw error;
  }
}

function rulesOf(config: Config, batchCommandsMax: number): Omit<Rules, keyof Profile['rules']> {
  return {
    staleTimeoutMs: config.staleTimeout * 1000,
    batchCommandsMax,
    queueLengthMax: config.limits.queueLengthMax,
    sweepSliceMax: SWEEP_SLICE_MAX,
    sweepRetryMs: SWEEP_RETRY_MS,
  };
}

function report(loaded: Loaded, log: Logger): void {
  for (const { name, reason, path } of loaded.setAside)
    log.error({ name, reason, path }, 'a file was set aside');
  log.info(
    { ports: loaded.ports.length, generation: loaded.generation, pending: loaded.pending },
    'ports loaded',
  );
}
