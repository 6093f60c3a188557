/** The worker that reads a user's files, so that the page never waits for them. It holds what it has opened, and ends with it. */
import * as Comlink from 'comlink';
import { chooseOwn, type ChooseTools } from '../../data/own/choose.ts';
import { openOwn, type Opened, type OwnFile } from '../../data/own/open.ts';
import type { OwnChoice, OwnData } from '../../data/own/own-data.ts';
import { lookAt, previewOf, type Look, type OwnPreview } from '../../data/own/preview.ts';
import { reopenOwn } from '../../data/own/reopen.ts';
import { suggestFor } from '../../data/own/suggest.ts';
import { decodeInBrowser } from './decode.ts';
import type { OnReading, OwnWorker } from './protocol.ts';
import { readOwn } from './read-own.ts';

/** Milliseconds between two words about how far a file has come. */
const tellIntervalMs = 100;

class Worker implements OwnWorker {
  #opened: Opened | null = null;
  #test: Opened | null = null;

  async open(files: readonly OwnFile[], onProgress: OnReading): Promise<OwnPreview> {
    this.#opened = await openOwn(files, toolsFor(onProgress));
    return previewOf(this.#opened);
  }

  async openTest(files: readonly OwnFile[] | null, onProgress: OnReading): Promise<string | null> {
    this.#test = files && (await openOwn(files, toolsFor(onProgress)));
    return this.#test?.name ?? null;
  }

  suggest(label: string): Promise<OwnChoice> {
    return Promise.resolve(suggestFor(this.#at, label));
  }

  look(choice: OwnChoice): Promise<Look> {
    return lookAt(this.#at, choice, decodeInBrowser);
  }

  choose(choice: OwnChoice, onProgress: OnReading): Promise<OwnData> {
    return chooseOwn(this.#at, this.#test, choice, toolsFor(onProgress));
  }

  reopen(files: readonly OwnFile[], test: readonly OwnFile[] | null, text: string, onProgress: OnReading): Promise<OwnData> {
    return reopenOwn({ files, test }, text, toolsFor(onProgress));
  }

  read(files: readonly OwnFile[], test: readonly OwnFile[] | null, label: string | null, onProgress: OnReading): Promise<OwnData> {
    return readOwn({ files, test, label }, toolsFor(onProgress));
  }

  get #at(): Opened {
    if (!this.#opened) throw new Error('nothing is open');
    return this.#opened;
  }
}

function toolsFor(onProgress: OnReading): ChooseTools {
  let toldMs = Number.NEGATIVE_INFINITY;
  return {
    decode: decodeInBrowser,
    onProgress: (progress) => {
      if (performance.now() - toldMs < tellIntervalMs) return;
      toldMs = performance.now();
      onProgress(progress);
    },
  };
}

Comlink.expose(new Worker());
