/**
 * `<downhill-app>`: the shell around the labs. Header, keys, theme, the name of the machine and the notes about the URL;
 * hands the session's state down and the labs' wishes up. What a lab shows is the lab's own.
 */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import './app-header.ts';
import './notice-list.ts';
import type { HeaderWishEvent } from './app-header.ts';
import type { BenchmarkDialog } from './benchmark/benchmark-dialog.ts';
import type { ClockReadout } from './clock-readout.ts';
import type { RaceCommand, RaceCommandEvent, SaveResultEvent, SettingsChangeEvent } from './events.ts';
import { keyAction, keyTarget, type KeyAction } from './keys.ts';
import type { KeysDialog } from './keys-dialog.ts';
import type { Lab, LabClock, LabContext, LabView } from './lab.ts';
import type { NoticeActionEvent } from './notice-list.ts';
import type { RaceSession } from './race-session.ts';
import { StoreController } from './store-controller.ts';
import { base } from './styles.ts';
import { Theme, machineNameKey, remember, remembered } from './theme.ts';
import { urlNotice } from './url-notes.ts';

@customElement('downhill-app')
export class DownhillApp extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 100vh;
      }
      main {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
      }
      main:focus {
        outline: none;
      }
      @media (min-width: 1100px) and (min-height: 640px) {
        :host {
          height: 100vh;
        }
      }
      notice-list {
        padding: 12px 20px 0;
      }
    `,
  ];

  @property({ attribute: false }) labs: readonly Lab[] = [];
  @property({ attribute: false }) session: RaceSession | null = null;
  @state() protected machineName = remembered(machineNameKey) ?? '';
  /** What is on the page: the lab before until the one that is open has come. */
  @state() protected shown: { readonly id: string; readonly view: LabView } | null = null;
  @query('benchmark-dialog') protected readonly benchmarkDialog?: BenchmarkDialog | null;
  @query('clock-readout') protected readonly clock?: Partial<ClockReadout> | null;
  @query('keys-dialog') protected readonly keysDialog?: KeysDialog | null;

  readonly #theme = new Theme();
  readonly #store = new StoreController(this);
  /** What labs leave here outlives their elements. */
  readonly keep = new Map<string, unknown>();
  #loading = '';
  #clockAsked = false;
  /** Silent until its element has come, which is after the first results. */
  readonly #clock: LabClock = { changed: () => this.clock?.changed?.(), arrived: () => this.clock?.arrived?.() };
  /** Lets the lab go on that rests while the benchmark is open. */
  #restOver: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#key);
    this.#theme.dispose();
  }

  protected override willUpdate(): void {
    if (!this.session) return;
    this.#store.follow(this.session);
    if (this.session.lab !== this.#loading) void this.#load(this.session.lab);
    if (this.#clockAsked || !(this.session.race.insight || this.session.lab !== 'train')) return;
    this.#clockAsked = true;
    void import('./clock-readout.ts');
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const notes = urlNotice(session.notes);
    const { crash } = session;
    const { unkept } = session.results;
    return html`<app-header
        .labs=${this.labs}
        lab=${session.lab}
        .machine=${session.machine}
        machineName=${this.machineName}
        theme=${this.#theme.choice}
        @header-wish=${this.#wish}
        ><clock-readout slot="clock" hidden .session=${session}></clock-readout
      ></app-header>
      <notice-list
        ?hidden=${notes === null && crash === null && unkept.length === 0}
        .notices=${[
          ...(crash === null
            ? []
            : [
                {
                  id: 'crash',
                  tone: 'bad' as const,
                  text: `${msg('What computes behind this page has failed. Run starts it anew.')} (${crash})`,
                },
              ]),
          ...unkept,
          ...(notes ? [notes] : []),
        ]}
        @notice-action=${this.#notice}
      ></notice-list>
      <main id="lab" tabindex="-1" @settings-change=${this.#change} @race-command=${this.#command} @save-result=${this.#saveResult}>
        ${this.#lab(session)}
      </main>
      <keys-dialog .labs=${this.labs}></keys-dialog>
      <benchmark-dialog
        .session=${session}
        .machine=${session.machine}
        machineName=${this.machineName}
        @benchmark-closed=${this.#goOn}
      ></benchmark-dialog>`;
  }

  #lab(session: RaceSession): TemplateResult | typeof nothing {
    return this.shown?.view.render(this.#context(session)) ?? nothing;
  }

  #context(session: RaceSession): LabContext {
    const { settings, race, machine } = session;
    const { machineName, keep } = this;
    const id = this.shown?.id ?? session.lab;
    return {
      settings,
      race,
      machine,
      machineName,
      query: session.labQuery(id),
      setQuery: (text, replace) => session.setLabQuery(id, text, replace),
      keep,
      whenQuiet: () => session.whenAway(),
      inside: session.inside,
      clock: this.#clock,
      desk: session,
      results: session.results,
    };
  }

  async #load(id: string): Promise<void> {
    this.#loading = id;
    const view = await this.labs.find((lab) => lab.id === id)?.load();
    // Evaluating a lab and drawing it first are two tasks, so that neither is a long one.
    await new Promise((resolve) => setTimeout(resolve));
    if (view && this.#loading === id) this.shown = { id, view };
  }

  #wish({ wish }: HeaderWishEvent): void {
    switch (wish.kind) {
      case 'lab':
        return this.session?.goTo(wish.id);
      case 'theme':
        this.#theme.choose(wish.choice);
        return this.requestUpdate();
      case 'machine-name':
        this.machineName = wish.name;
        return remember(machineNameKey, wish.name);
      case 'benchmark':
        return void this.#openBenchmark();
      case 'keys':
        return void this.#openKeys();
      case 'skip':
        return this.renderRoot.querySelector<HTMLElement>('#lab')?.focus();
    }
  }

  async #openBenchmark(): Promise<void> {
    if (this.session) this.#restOver ??= this.shown?.view.rest?.(this.#context(this.session)) ?? null;
    await import('./benchmark/benchmark-dialog.ts');
    await this.benchmarkDialog?.open();
  }

  async #openKeys(): Promise<void> {
    await import('./keys-dialog.ts');
    await this.keysDialog?.open();
  }

  #goOn(): void {
    this.#restOver?.();
    this.#restOver = null;
  }

  #notice(event: NoticeActionEvent): void {
    if (event.id === 'url') this.session?.dismissNotes();
    else this.session?.results.dismiss();
  }

  #change(event: SettingsChangeEvent): void {
    this.session?.change(event.patch, event.dragging);
    if (!this.session?.isCurrent) this.#clock.changed();
  }

  async #saveResult(): Promise<void> {
    const report = await this.session?.result();
    if (!report) return;
    const { downloadResult } = await import('./download.ts');
    downloadResult(report, this.machineName);
  }

  #command(event: RaceCommandEvent): void {
    this.#do({ kind: event.command });
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || this.benchmarkDialog?.isOpen) return;
    const action = keyAction(event, keyTarget(event));
    if (!action) return;
    event.preventDefault();
    this.#do(action);
  };

  #do(action: KeyAction): void {
    switch (action.kind) {
      case 'toggle':
      case 'step':
      case 'reset':
        return this.#direct(action.kind);
      case 'keys':
        return void this.#openKeys();
      case 'lab': {
        const lab = this.labs.find(({ key }) => key === action.key);
        return lab ? this.session?.goTo(lab.id) : undefined;
      }
    }
  }

  /** Commands go to the lab that is shown; one that takes none leaves them to the race. */
  #direct(command: RaceCommand): void {
    const { session, shown } = this;
    if (!session) return;
    if (shown?.view.command) return shown.view.command(command, this.#context(session));
    if (command === 'toggle') return session.toggle();
    return command === 'step' ? session.stepOnce() : session.reset();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'downhill-app': DownhillApp;
  }
  interface HTMLElementEventMap {
    'settings-change': SettingsChangeEvent;
    'race-command': RaceCommandEvent;
    'save-result': SaveResultEvent;
  }
}
