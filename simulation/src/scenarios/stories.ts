import { AGENT_STORIES } from './agent-stories.ts';
import { LATER_STORIES } from './later-stories.ts';
import { PLUGIN_STORIES } from './plugin-stories.ts';
import type { Scenario } from './scenarios.ts';

const FIRST = 102;

/** Histories that chance meets seldom and that promises hang on, each as short as it goes; with even numbers from 102 on, for lifecycle `power`. */
export const STORIES: readonly Scenario[] = [...PLUGIN_STORIES, ...AGENT_STORIES, ...LATER_STORIES].map(
  (story, index) => ({
    ...story,
    number: FIRST + 2 * index,
  }),
);
