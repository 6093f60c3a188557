/**
 * `<compare-lab>`: lays out what is kept, what is compared and what is known of one result, takes files that are dropped
 * anywhere on it, and hands wishes to the store.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import './chart-card.ts';
import './compare-transport.ts';
import './detail-card.ts';
import './places-card.ts';
import './results-card.ts';
import './speed-ups-card.ts';
import '../../ui/notice-list.ts';
import { distributionOf } from '../../session/results/distribution.ts';
import { headline } from '../../session/results/figures.ts';
import { download } from '../../ui/download.ts';
import { integer } from '../../ui/format.ts';
import { LabController } from '../../ui/lab-controller.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import type { NoticeActionEvent } from '../../ui/notice-list.ts';
import { base, card } from '../../ui/styles.ts';
import { comparisonOf, type Comparison } from './column.ts';
import { compareLabStyles } from './compare-lab-styles.ts';
import type { CompareSession } from './compare-session.ts';
import type { CompareWishEvent } from './compare-wish.ts';
import { compareNotices } from './notice-sentences.ts';
import { rooflinePicture, spreadPicture, timesPicture } from './pictures.ts';
import { crossoverSpreadWords, crossoverWords, distributionSentences } from './words.ts';

/** Fewer are no distribution. */
const fewestSpread = 5;

@customElement('compare-lab')
export class CompareLab extends LitElement {
  static override styles = [base, card, labFrame, compareLabStyles];

  @property({ attribute: false }) session: CompareSession | null = null;
  @state() protected dropping = false;
  @query('input[type=file]') protected readonly picker?: HTMLInputElement | null;

  constructor() {
    super();
    new LabController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#fragment);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#fragment);
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const { items, picked, focus } = session;
    const notices = compareNotices(session);
    const comparison = comparisonOf(session);
    const item = items?.find(({ id }) => id === focus) ?? null;
    return html`<h1 class="hidden-text">${msg('Downhill: whose machine is faster, and why?')}</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div
        class="grid ${this.dropping ? 'drop' : ''}"
        data-testid="compare"
        @compare-wish=${this.#wish}
        @dragover=${this.#over}
        @dragleave=${() => (this.dropping = false)}
        @drop=${this.#drop}
      >
        <div class="col controls">
          ${question()}
          <results-card .items=${items} .picked=${picked} .focused=${focus}></results-card>
        </div>
        <div class="col center">${this.#evidence(comparison)}</div>
        <div class="col">
          <places-card ?hidden=${comparison.columns.length < 2} .comparison=${comparison}></places-card>
          <detail-card .item=${item} .loaded=${item ? session.loaded(item.id) : null}></detail-card>
        </div>
      </div>
      <compare-transport
        status=${statusWords(comparison, session)}
        ?empty=${(items ?? []).every(({ kept }) => kept === null)}
        @compare-wish=${this.#wish}
      ></compare-transport>
      <input
        type="file"
        multiple
        accept=".json,application/json"
        data-testid="file-input"
        aria-label=${msg('Result files')}
        @change=${this.#chosen}
      />`;
  }

  #evidence(comparison: Comparison): TemplateResult {
    const { together } = comparison;
    if (together.length === 0) {
      return html`<section class="card empty">
        <p class="quiet">${msg('Tick two or more results to compare them, or drop result files here: thirty of a class, if you like.')}</p>
      </section>`;
    }
    const times = timesPicture(together);
    const roofline = rooflinePicture(together);
    return html`${this.#spread(comparison)}
      <speed-ups-card .comparison=${comparison}></speed-ups-card>
      ${
        times
          ? html`<chart-card
              data-testid="times"
              heading=${msg('Time per step against m')}
              file="downhill-time-against-m"
              .picture=${times}
              .sentences=${timesSentences(comparison)}
            ></chart-card>`
          : nothing
      }
      ${
        roofline
          ? html`<chart-card
              data-testid="roofline"
              heading=${msg('Roofline')}
              file="downhill-roofline"
              .picture=${roofline}
              .sentences=${rooflineSentences(comparison)}
            ></chart-card>`
          : nothing
      }`;
  }

  #spread({ together }: Comparison): TemplateResult | typeof nothing {
    const ratios = together.flatMap(({ figures }) => headline(figures) ?? []);
    const found = distributionOf(ratios);
    if (!found || found.count < fewestSpread) return this.#crossovers(together);
    const software = together.filter(({ figures }) => figures.environment.adapter?.software && headline(figures)).length;
    return html`<chart-card
      data-testid="spread"
      heading=${msg('How the speed-ups lie')}
      file="downhill-distribution"
      .picture=${spreadPicture(
        ratios.map(({ ratio }) => ratio),
        found.quartiles,
        found.median,
        msg('speed-up of the GPU'),
      )}
      .sentences=${distributionSentences(found, software)}
    ></chart-card>`;
  }

  /** Sweeps have no one speed-up, but each its m*. */
  #crossovers(together: Comparison['together']): TemplateResult | typeof nothing {
    const sizes = together.flatMap(({ figures }) => figures.crossover?.m ?? []);
    const found = distributionOf(sizes.map((ratio) => ({ ratio, ci95: [ratio, ratio] as const })));
    if (!found || found.count < fewestSpread) return nothing;
    return html`<chart-card
      data-testid="spread"
      heading=${msg('How m* lies')}
      file="downhill-distribution"
      .picture=${spreadPicture(sizes, found.quartiles, found.median, 'm*')}
      .sentences=${[crossoverSpreadWords(found)]}
    ></chart-card>`;
  }

  #wish({ wish }: CompareWishEvent): void {
    const { session } = this;
    if (!session) return;
    switch (wish.kind) {
      case 'pick':
        return session.pick(wish.id, wish.on);
      case 'pick-only':
        return session.pickOnly(wish.ids);
      case 'look':
        return session.look(wish.id);
      case 'edit':
        return void session.edit(wish.id, wish.edit);
      case 'delete':
        return void session.remove(wish.id);
      case 'keep':
        return void session.keepOpened(wish.id);
      case 'open':
        return this.picker?.click();
      case 'export-all':
        return void this.#exportAll(session);
    }
  }

  async #exportAll(session: CompareSession): Promise<void> {
    const text = await session.collection();
    download(new Blob([text], { type: 'application/json' }), `downhill-results-${new Date().toISOString().slice(0, 10)}.json`);
  }

  #act({ id }: NoticeActionEvent): void {
    if (id === 'deleted') void this.session?.undoRemove();
    else this.session?.dismiss(id);
  }

  #chosen(event: Event): void {
    const input = event.currentTarget as HTMLInputElement;
    void this.session?.openFiles([...(input.files ?? [])]);
    input.value = '';
  }

  #over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  }

  #drop(event: DragEvent): void {
    this.dropping = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.session?.openFiles(files);
  }

  readonly #fragment = (): void => void this.session?.followFragment(location.hash, msg('The link'));
}

function question(): TemplateResult {
  return html`<section class="card question" aria-labelledby="question">
    <h2>${msg('Question')}</h2>
    <h3 id="question">${msg('Whose machine is faster, and why?')}</h3>
    <p class="quiet">
      ${msg('Everything that comes to its end here is kept in this browser. Ticked results stand side by side, held against the first; what does not compute the same is not compared.')}
    </p>
  </section>`;
}

function statusWords({ together, found }: Comparison, { picked, reading }: CompareSession): string {
  if (reading) return msg(str`Reading file ${integer(reading.done + 1)} of ${integer(reading.count)}.`);
  if (picked.length === 0) return msg('Nothing is chosen; the newest result is shown.');
  if (found.apart.length > 0) return msg(str`${integer(together.length)} compared, ${integer(found.apart.length)} not comparable with A.`);
  return together.length === 1 ? msg('One is chosen: tick another to compare it with.') : msg(str`${integer(together.length)} compared.`);
}

function timesSentences({ together }: Comparison): readonly string[] {
  return together.flatMap(({ letter, figures }) => (figures.crossover ? [`${letter}: ${crossoverWords(figures.crossover)}.`] : []));
}

function rooflineSentences({ together }: Comparison): readonly string[] {
  const without = together.filter(({ figures }) => figures.ceilings === null).map(({ letter }) => letter);
  return [
    msg(
      'Lines are what each processor reached in a copy (the slope) and in multiply-adds (the flat part); dots are the fastest lane of each workload. A dot above the slope keeps X in a cache.',
    ),
    ...(without.length > 0
      ? [msg(str`${without.join(', ')}: no ceilings in the file; a benchmark measures them, a race does not keep them.`)]
      : []),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'compare-lab': CompareLab;
  }
}
