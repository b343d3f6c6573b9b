import type { OperatorAction, Outcome } from './action.ts';
import { observe, type Observed } from './observe/observation.ts';
import { REREAD, reportsText } from './observe/reports.ts';
import { Scene } from './stage/scene.ts';
import type { Stage } from './stage/stage.ts';

/** What came of an action, in the words of its declaration. */
export interface Played {
  readonly reports: string;
  readonly power: Observed;
  readonly link: Observed;
}

/** What `play` returns when all is as `action` says. */
export function declared({ reports, power, link }: OperatorAction): Played {
  const side = ({ requests, afterwards, problems = [] }: Outcome): Observed => ({
    requests,
    afterwards,
    problems,
    bystanders: [],
    interruptions: [],
  });
  return { reports, power: side(power), link: side(link) };
}

/** Does `action` on `stage`, and tells what came of it. */
export async function play(stage: Stage, action: OperatorAction): Promise<Played> {
  const { given, does, undo, uninterrupted = [] } = action;
  const scene = new Scene(stage);
  await given?.(scene);
  await stage.settled();
  stage.recorder.clear();
  const [power, link] = await Promise.all([
    observe(stage.sides[0], scene, uninterrupted),
    observe(stage.sides[1], scene, uninterrupted),
  ]);
  await does(scene);
  await stage.settled();
  const { objects, reread } = stage.recorder.read();
  // Whoever happens to read everything again, as is due every five minutes, is told of the changes there.
  const unexpected = reread && !action.reports.includes(REREAD);
  const reports = unexpected ? action.reports : reportsText(objects, reread);
  const played = { reports, power: await power.end(), link: await link.end() };
  await undo?.(scene);
  return played;
}
