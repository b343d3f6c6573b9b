import type { Check } from '../check.ts';
import { badFields, refused, refusedPost, type Reply } from '../expected/reply.ts';
import { profilesOf, type ByProfile } from '../profiles.ts';

type About = Pick<Check, 'name' | 'fact' | 'title'>;
type Fields = Readonly<Record<string, unknown>>;

/** A body that is the same for all. `reply` may depend on it, since the real agent echoes it. */
export function refusesBody(about: About, body: string, reply: ByProfile<Reply>): Check {
  return {
    ...about,
    profiles: profilesOf(reply),
    run: async (agent) => void (await agent.ask('POST', '/port', body, agent.choose(reply))),
  };
}

/** A valid port but for `changes`. */
export function refusesPort(about: About, changes: Fields, reply: (text: string) => ByProfile<Reply>): Check {
  return {
    ...about,
    profiles: profilesOf(reply('')),
    run: async (agent) => {
      const text = JSON.stringify(agent.port(changes));
      await agent.ask('POST', '/port', text, agent.choose(reply(text)));
    },
  };
}

export const invalidJson = (body: string): ByProfile<Reply> => ({
  real: refusedPost(`Invalid Json string ==> ${body}`),
  blueprint: refused(400),
});

export const unexpectedJson = (body: string): ByProfile<Reply> => ({
  modern: refusedPost(`Unexpected Json string ==> ${body}`),
  'r3.1': refused(500),
  blueprint: badFields('body'),
});

/** How each release says that `field` is missing or of another type. */
export const badField =
  (field: string, word: 'data' | 'field' = 'field') =>
  (text: string): ByProfile<Reply> => ({
    modern: refusedPost(`Invalid or missing ${word} for <${field}>`),
    'r3.1': refusedPost(`Json string does not have all required members, ${field} is missing ==> ${text}`),
    blueprint: badFields(field),
  });

export const only = (reply: ByProfile<Reply>) => (): ByProfile<Reply> => reply;
