import { existsSync, readFileSync } from 'node:fs';
import { replaceFile } from '@vrouter/service-kit';
import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';

export interface NewVm {
  readonly name: string;
  readonly power: Power;
  readonly host: string;
  readonly id: string;
  readonly adapters: readonly { readonly mac: string; readonly network: string; readonly ip: string }[];
}

export type Power = 'on' | 'off';

/** The inventory file, changed as an operator would: in place of the old one at once, comments kept. */
export class InventoryFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Writes `text`, unless the file of an earlier lab is there. */
  createUnlessThere(text: string): void {
    if (!existsSync(this.path)) replaceFile(this.path, text);
  }

  setPower(vmName: string, power: Power): void {
    this.#change((document) => vmOf(document, vmName).set('power', power));
  }

  addVm(vm: NewVm): void {
    this.#change((document) => document.addIn(['vms'], vm));
  }

  #change(edit: (document: Document) => void): void {
    const document = parseDocument(readFileSync(this.path, 'utf8'));
    edit(document);
    replaceFile(this.path, document.toString());
  }
}

function vmOf(document: Document, name: string): YAMLMap {
  const vms = document.get('vms');
  const vm = isSeq(vms) ? vms.items.find((item) => isMap(item) && item.get('name') === name) : undefined;
  if (isMap(vm)) return vm;
  throw new Error(`The inventory has no VM ${name}`);
}
