import type { Fault } from './fault.ts';

const OBJECT_SET = /<objectSet>.*?<\/objectSet>/gsu;
const OBJECT = /<obj type="([^"]*)">([^<]*)</u;

/** As if the account had lost its right to see some objects: updates never tell of them. */
export function hidden(isHidden: (type: string, ref: string) => boolean): Fault {
  return {
    change(call, answer) {
      if (call.method !== 'WaitForUpdatesEx') return answer;
      const body = answer.body.replaceAll(OBJECT_SET, (set) => {
        const [, type = '', ref = ''] = OBJECT.exec(set) ?? [];
        return isHidden(type, ref) ? '' : set;
      });
      return { ...answer, body };
    },
  };
}
