/**
 * `<save-menu>`: the chart of a card as PNG, as SVG and, where it has points, as CSV, made when it is asked for, in the
 * colours that the page has then. What draws and writes is fetched with the first choice.
 */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { base, button } from '../styles.ts';
import type { Picture } from './layers.ts';
import type { Points } from './points-csv.ts';
import type { SaveFormat } from './save-chart.ts';
import type { SvgColors } from './svg-file.ts';

/** CSS pixels. */
const gap = 4;

/** What holds points that can be read without being told. */
const withPoints = 'line-chart, scatter-chart, boundary-chart, table';

@customElement('save-menu')
export class SaveMenu extends LitElement {
  static override styles = [
    base,
    button,
    css`
      :host {
        /* before a heading it stands beside it, among flexible neighbours it is one of them */
        float: right;
        flex: none;
        margin-block: -4px;
        display: flex;
        gap: 6px;
        align-items: center;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: 9px;
        background: var(--card);
        color: var(--ink);
        box-shadow: 0 6px 24px rgb(0 0 0 / 14%);
      }
      [popover] button {
        display: block;
        width: 100%;
        padding: 5px 14px;
        border: 0;
        border-radius: 6px;
        background: none;
        text-align: left;
        font-size: 13px;
      }
      [popover] button:hover,
      [popover] button:focus-visible {
        background: var(--paper);
      }
      [popover] span {
        color: var(--soft);
      }
    `,
  ];

  /** Of the file, without its ending. */
  @property() name = '';
  /** What is saved: a picture of layers, or what `make` makes, or else the card as it stands on the page. */
  @property({ attribute: false }) picture: Picture | null = null;
  @property({ attribute: false }) make: ((color: SvgColors) => string) | null = null;
  /** A part of the card that is saved in place of all of it; it may be in the shadow of another element: `outer / inner`. */
  @property() of = '';
  /** The points of the chart; without it those of the picture or of the curves. */
  @property({ attribute: false }) points: (() => Points | Promise<Points>) | null = null;
  @state() protected failed = '';
  @query('[popover]') protected readonly menu?: HTMLElement | null;
  @query('.open') protected readonly opener?: HTMLButtonElement | null;

  override render(): TemplateResult {
    return html`<button
        class="btn small open"
        data-testid="save"
        aria-haspopup="menu"
        aria-label=${msg(str`Save this chart: ${this.heading}`)}
        title=${msg('Save this chart as a picture or as numbers')}
        @click=${this.#toggle}
      >
        ${msg('Save')}
      </button>
      <div popover role="menu" aria-label=${msg('Save this chart as')} @keydown=${this.#key} @beforetoggle=${this.#leaving}>
        ${this.#item('png', 'PNG', msg('a picture'))} ${this.#item('svg', 'SVG', msg('a drawing'))}
        ${this.points || this.picture || this.#card?.querySelector(withPoints) ? this.#item('csv', 'CSV', msg('its points')) : nothing}
      </div>
      ${this.failed === '' ? nothing : html`<span class="quiet" role="alert">${this.failed}</span>`}`;
  }

  /** Of the card around. */
  get heading(): string {
    return this.#card?.querySelector('h2')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  }

  get #card(): HTMLElement | null {
    return this.closest<HTMLElement>('.card');
  }

  #item(format: SaveFormat, name: string, words: string): TemplateResult {
    return html`<button role="menuitem" tabindex="-1" data-testid="as-${format}" @click=${() => this.#save(format)}>
      ${name} <span>${words}</span>
    </button>`;
  }

  #toggle(): void {
    const { menu, opener } = this;
    if (!menu || !opener) return;
    // what a card shows may have changed since: points come late
    this.requestUpdate();
    menu.togglePopover();
    if (!menu.matches(':popover-open')) return;
    const place = opener.getBoundingClientRect();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(gap, Math.min(place.right - width, innerWidth - width - gap))}px`;
    menu.style.top = `${place.bottom + gap + height > innerHeight ? Math.max(gap, place.top - gap - height) : place.bottom + gap}px`;
    menu.querySelector('button')?.focus();
  }

  /** Whoever works by keys goes on from where the menu was opened. */
  #leaving(event: ToggleEvent): void {
    if (event.newState === 'closed' && this.menu?.contains(this.shadowRoot?.activeElement ?? null)) this.opener?.focus();
  }

  /** As in any menu; Escape is the popover's. */
  #key(event: KeyboardEvent): void {
    const items = [...(this.menu?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLButtonElement);
    const to: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = to[event.key];
    if (event.key === 'Tab') this.menu?.hidePopover();
    // keys in here are not for the lab behind
    if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  }

  async #save(format: SaveFormat): Promise<void> {
    this.menu?.hidePopover();
    const { heading, name, picture, make, points, of } = this;
    const card = this.#card;
    if (!card) return;
    try {
      const { saveCard } = await import('./save-chart.ts');
      await saveCard({ card, of, heading, name, picture, make, points }, format);
      this.failed = '';
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'save-menu': SaveMenu;
  }
}
