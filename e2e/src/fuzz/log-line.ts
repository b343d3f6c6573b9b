const ERROR_LEVEL = 50;

/** Is `line` of an agent's log about something that nobody expected: an error, or no log line at all? */
export function isBadLine(line: string): boolean {
  if (line.trim() === '') return false;
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return typeof level !== 'number' || level >= ERROR_LEVEL;
  } catch {
    return true;
  }
}
