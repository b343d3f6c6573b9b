import { systemClock, type Clock } from '@vrouter/service-kit';

/**
 * Wall-clock time of the start, plus the time that really went by since: setting the machine's clock forward must not
 * bring a sweep forward.
 */
export const steadyClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  schedule: systemClock.schedule,
};
