/** `<app-header>`: mark, labs, what this machine is, its name, and the theme. Emits what is chosen; decides nothing. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { MachineReport } from '../session/protocol.ts';
import { headerStyles } from './app-header-styles.ts';
import type { Lab } from './lab.ts';
import { base } from './styles.ts';
import { nextTheme, type ThemeChoice } from './theme.ts';

export type HeaderWish =
  | { readonly kind: 'lab'; readonly id: string }
  | { readonly kind: 'theme'; readonly choice: ThemeChoice }
  | { readonly kind: 'machine-name'; readonly name: string }
  | { readonly kind: 'benchmark' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'skip' };

export class HeaderWishEvent extends Event {
  static readonly type = 'header-wish';

  constructor(readonly wish: HeaderWish) {
    super(HeaderWishEvent.type);
  }
}

@customElement('app-header')
export class AppHeader extends LitElement {
  static override styles = [base, headerStyles];

  @property({ attribute: false }) labs: readonly Lab[] = [];
  @property() lab = '';
  @property({ attribute: false }) machine: MachineReport | null = null;
  @property() machineName = '';
  @property() theme: ThemeChoice = 'system';

  override render(): TemplateResult {
    return html`<header>
      <button class="skip" @click=${() => this.#wish({ kind: 'skip' })}>${msg('Skip to the lab')}</button>
      <a class="mark" href="./" aria-label=${msg('Downhill, start page')}>
        <svg width="26" height="20" viewBox="0 0 26 20" fill="none" aria-hidden="true">
          <path d="M1 3 C7 3 8 17 15 17 C20 17 20 12 25 12" stroke="var(--gpu)" stroke-width="2.4" stroke-linecap="round" />
          <circle cx="15" cy="17" r="2.6" fill="var(--ink)" /></svg
        >Downhill
      </a>
      <nav aria-label=${msg('Labs')}>${this.labs.map((lab) => this.#link(lab))}</nav>
      <div class="machine"><slot name="clock"></slot>${this.#gpu()} ${this.#cpu()} ${this.#name()}</div>
      <div class="tools">${this.#tools()}</div>
    </header>`;
  }

  #link(lab: Lab): TemplateResult {
    const here = lab.id === this.lab;
    const go = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#wish({ kind: 'lab', id: lab.id });
    };
    return html`<a href="?lab=${lab.id}" class=${here ? 'on' : ''} aria-current=${here ? 'page' : nothing} @click=${go}>${lab.title()}</a>`;
  }

  #gpu(): TemplateResult {
    const gpu = this.machine?.gpu;
    if (!gpu)
      return html`<div class="chip" data-testid="gpu-chip"><b class="gpu">GPU</b> <span class="wait">${msg('asking…')}</span></div>`;
    if (gpu.absent !== null) {
      return html`<div class="chip loud" data-testid="gpu-chip" title=${gpu.detail}><b>GPU</b> ${msg('none here')}</div>`;
    }
    const name = [gpu.vendor, gpu.architecture].filter((part) => part !== '').join(' · ') || gpu.description || msg('unnamed');
    return html`<div class="chip ${gpu.software ? 'loud' : ''}" data-testid="gpu-chip" title=${gpu.description}>
      <b class="gpu">GPU</b> ${name}${gpu.software ? html` <strong>${msg('software')}</strong>` : nothing}
    </div>`;
  }

  #cpu(): TemplateResult | typeof nothing {
    if (!this.machine) return nothing;
    const count = this.machine.logicalCores;
    return html`<div class="chip" data-testid="cpu-chip">
      <b class="cpu">CPU</b> ${count === 1 ? msg('1 thread') : msg(str`${count} threads`)}
    </div>`;
  }

  #name(): TemplateResult {
    return html`<input
      class="chip"
      type="text"
      maxlength="40"
      autocomplete="off"
      spellcheck="false"
      data-testid="machine-name"
      aria-label=${msg('Name of this machine')}
      title=${msg('A name for this machine; it stays on it and stands in saved pictures and results.')}
      placeholder=${msg('Name this machine')}
      .value=${this.machineName}
      @change=${(event: Event) => this.#wish({ kind: 'machine-name', name: (event.currentTarget as HTMLInputElement).value.trim() })}
    />`;
  }

  #tools(): TemplateResult {
    const names = { system: msg('as the system'), light: msg('light'), dark: msg('dark') };
    const label = msg(str`Theme: ${names[this.theme]}. Change to ${names[nextTheme(this.theme)]}`);
    const signs = { system: '◐', light: '○', dark: '●' };
    return html`<button class="chip" data-testid="benchmark-button" @click=${() => this.#wish({ kind: 'benchmark' })}>
        ${msg('Benchmark')}
      </button>
      <button
        class="chip"
        data-testid="keys-button"
        aria-label=${msg('Keys')}
        title=${msg('Keys (?)')}
        @click=${() => this.#wish({ kind: 'keys' })}
      >
        ?
      </button>
      <button
        class="chip"
        data-testid="theme-button"
        aria-label=${label}
        title=${label}
        @click=${() => this.#wish({ kind: 'theme', choice: nextTheme(this.theme) })}
      >
        ${signs[this.theme]}
      </button>`;
  }

  #wish(wish: HeaderWish): void {
    this.dispatchEvent(new HeaderWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-header': AppHeader;
  }
}
