import type { FileStamp, LinkState, Port } from '@vrouter/port-model';

/** What a port's file is called, and what is in it. */
export interface PortFileFormat {
  /** The name may be anything that a client sends as an id; the store sees to it that it is one. */
  name(port: Port): string;
  text(port: Port, linkState: LinkState, stamp: FileStamp): string;
}
