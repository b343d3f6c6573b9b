// memory-child.ts URL USER PASSWORD: reads everything once, in a process of its own, and prints by how many bytes its
// resident memory grew at its highest.
import { watchVcenter, type Picture } from '../src/index.ts';

const [url = '', username = '', password = ''] = process.argv.slice(2);
const before = process.memoryUsage.rss();
let seen: Picture | undefined;
const watch = watchVcenter(
  { url, username, password },
  {
    onPicture(picture) {
      seen = picture;
      const highest = process.resourceUsage().maxRSS * 1024;
      process.stdout.write(String(highest - before));
      void watch.stop();
    },
    onStatus(status) {
      if (!('reason' in status)) return;
      process.stderr.write(`${status.reason}\n`);
      process.exitCode = 1;
      void watch.stop();
    },
  },
);
process.on('exit', () => {
  if (seen === undefined) process.exitCode = 1;
});
