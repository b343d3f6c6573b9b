/** What `sscanf` takes for two hex digits: blanks before them and a sign in place of the first do. */
const GROUP = '[ \\t\\n\\v\\f\\r]*((?:[0-9a-f]|[+-](?=[0-9a-f]))[0-9a-f]?)';
const MAC = new RegExp(`^${Array<string>(6).fill(GROUP).join(':')}$`, 'i');

/** Six groups of one or two hex digits between colons, not all zero: from R4.0 on. */
export function isMac(text: string): boolean {
  const groups = MAC.exec(text)?.slice(1);
  return groups?.some((group) => parseInt(group, 16) !== 0) ?? false;
}

/** All that R3 looks at. */
export function hasFiveColons(text: string): boolean {
  return text.split(':').length === 6;
}

/** The MAC of `text`, which `isMac`, as the agent prints it: two digits in lower case to a group. */
export function printedMac(text: string): string {
  const groups = MAC.exec(text)?.slice(1) ?? [];
  return groups.map((group) => (parseInt(group, 16) & 255).toString(16).padStart(2, '0')).join(':');
}
