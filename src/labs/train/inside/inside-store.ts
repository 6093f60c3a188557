/**
 * What the panel knows of the example and of the neuron: asks for the picture once, and for the neuron again whenever the
 * race has something new, one question at a time. Knows no element.
 */
import type { InsideNeuron, InsidePicture } from '../../../session/inside/protocol.ts';
import type { Inside } from '../../../ui/lab.ts';
import { printInside, type InsideChoice } from './inside-query.ts';

export class InsideStore {
  readonly #inside: Inside;
  readonly #tell: () => void;
  #picture: InsidePicture | null = null;
  #neuron: InsideNeuron | null = null;
  #wanted: InsideChoice | null = null;
  /** What the present answers were given to: another data set or race needs others. */
  #pictureOf: unknown = null;
  #neuronOf = '';
  #askedIndex = -1;
  #news: unknown = null;
  #asking = false;
  /** The race has gone on, or another neuron is wanted, since the last question. */
  #isOld = false;
  #failure: string | null = null;

  /** @param tell something is new */
  constructor(inside: Inside, tell: () => void) {
    this.#inside = inside;
    this.#tell = tell;
  }

  get picture(): InsidePicture | null {
    return this.#picture;
  }
  get neuron(): InsideNeuron | null {
    return this.#neuron;
  }
  /** Why nothing is answered any more, or null. */
  get failure(): string | null {
    return this.#failure;
  }

  /**
   * @param data changes when other data have come
   * @param news changes when the race has learned more
   */
  follow(choice: InsideChoice, data: unknown, news: unknown): void {
    this.#wanted = choice;
    if (data !== this.#pictureOf || choice.index !== this.#picture?.index) void this.#askPicture(choice.index, data);
    const wanted = printInside(choice);
    if (news === this.#news && wanted === this.#neuronOf) return;
    this.#news = news;
    this.#neuronOf = wanted;
    this.#isOld = true;
    void this.#askNeuron();
  }

  async #askPicture(index: number, data: unknown): Promise<void> {
    if (data === this.#pictureOf && index === this.#askedIndex) return;
    this.#pictureOf = data;
    this.#askedIndex = index;
    try {
      const picture = await this.#inside.insidePicture(index);
      if (this.#askedIndex !== index || data !== this.#pictureOf || !picture) return;
      this.#picture = picture;
      this.#tell();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #askNeuron(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#isOld && this.#wanted) {
        this.#isOld = false;
        const neuron = await this.#inside.insideNeuron(this.#wanted);
        if (!neuron || this.#wanted.index !== neuron.index) continue;
        this.#neuron = neuron;
        this.#failure = null;
        this.#tell();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#asking = false;
    }
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#tell();
  }
}
