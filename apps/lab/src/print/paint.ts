import { styleText } from 'node:util';

export type Style = 'good' | 'bad' | 'faint' | 'strong';

/** Text with its meaning made visible, or as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

const FORMATS = { good: 'green', bad: 'red', faint: 'dim', strong: 'bold' } as const;

/** Colours for `stream`: none unless it is a terminal that shows them (`NO_COLOR` counts too). */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(FORMATS[style], text, { stream });
}
