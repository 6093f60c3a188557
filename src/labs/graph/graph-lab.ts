/**
 * `<graph-lab>`: the lab of computation graphs. Lays out its cards, draws them again when the store has something new, at
 * most once a frame, and hands their wishes to it. While it is not on the page nothing moves.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import './expression-card.ts';
import './graph-card.ts';
import './graph-transport.ts';
import './inputs-card.ts';
import './loop-card.ts';
import './nodes-card.ts';
import './nudge-card.ts';
import './times-card.ts';
import './words-card.ts';
import '../../ui/notice-list.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { defineControls } from '../../ui/controls/web-awesome.ts';
import type { Notice, NoticeActionEvent } from '../../ui/notice-list.ts';
import { LabController } from '../../ui/lab-controller.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import { base, card } from '../../ui/styles.ts';
import { urlNotice } from '../../ui/url-notes.ts';
import { graphLabStyles } from './graph-lab-styles.ts';
import { presetOf } from './graph-query.ts';
import type { GraphSession } from './graph-session.ts';
import { stepsDone } from './graph-state.ts';
import type { GraphWishEvent } from './graph-wish.ts';
import { loopWords } from './loop-words.ts';
import { failureSentence, questionText } from './status-words.ts';
import { stepWords } from './step-words.ts';

@customElement('graph-lab')
export class GraphLab extends LitElement {
  static override styles = [base, card, labFrame, graphLabStyles];

  @property({ attribute: false }) session: GraphSession | null = null;
  @property({ attribute: false }) machine: MachineReport | null = null;

  constructor() {
    super();
    new LabController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void defineControls();
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const { settings, state } = session;
    const notices = this.#notices(session);
    return html`<h1 class="hidden-text">${msg('Downhill: where do gradients come from?')}</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid" @graph-wish=${this.#wish}>
        <div class="col controls">
          ${this.#question(settings.view)}
          <expression-card
            .settings=${settings}
            .complaint=${state.complaint}
            .draft=${state.draft}
            .valued=${state.valued}
          ></expression-card>
          <inputs-card .settings=${settings} .study=${state.study}></inputs-card>
        </div>
        ${settings.view === 'examples' ? this.#examples(session) : this.#graph(session)}
      </div>
      <graph-transport .settings=${settings} .state=${state} @graph-wish=${this.#wish}></graph-transport>`;
  }

  #question(view: 'graph' | 'examples'): TemplateResult {
    return html`<section class="card question" aria-labelledby="question">
      <h2>${msg('Question')}</h2>
      <h3 id="question">${msg('Where do gradients come from?')}</h3>
      <p class="quiet">${questionText(view)}</p>
    </section>`;
  }

  #graph({ settings, state }: GraphSession): TemplateResult {
    const { study } = state;
    const done = stepsDone(settings, state);
    const { equation, sentences } = study ? stepWords(study, done) : { equation: '…', sentences: [] };
    return html`<graph-card .equation=${equation} .study=${study} .done=${done}></graph-card>
      <div class="col words">
        <words-card .sentences=${sentences} .study=${study} .done=${done} ?logistic=${presetOf(settings) === 'logistic'}></words-card>
        <nudge-card .study=${study} .settings=${settings}></nudge-card>
        <nodes-card .study=${study} .done=${done}></nodes-card>
      </div>`;
  }

  #examples({ settings, state }: GraphSession): TemplateResult {
    const done = stepsDone(settings, state);
    const { equation, sentences } = loopWords(state.loop, done);
    return html`<loop-card .equation=${equation} .loop=${state.loop} .done=${done}></loop-card>
      <div class="col words">
        <words-card .sentences=${sentences}></words-card>
        <times-card .settings=${settings} .timing=${state.timing} .machine=${this.machine}></times-card>
      </div>`;
  }

  #notices({ state, notes }: GraphSession): readonly Notice[] {
    const url = urlNotice(notes);
    const failed: readonly Notice[] =
      state.failure === null ? [] : [{ id: 'failed', tone: 'bad', text: failureSentence(state.failure), action: msg('Try again') }];
    return [...failed, ...(url ? [url] : [])];
  }

  #act({ id }: NoticeActionEvent): void {
    if (id === 'url') this.session?.dismissNotes();
    if (id === 'failed') void this.session?.reopen();
  }

  #wish({ wish }: GraphWishEvent): void {
    const { session } = this;
    if (!session) return;
    switch (wish.kind) {
      case 'type':
        return session.type(wish.text);
      case 'preset':
        return session.choose(wish.preset);
      case 'value':
        return session.setValue(wish.name, wish.value, wish.dragging);
      case 'change':
        return session.change(wish.patch);
      case 'step':
        return session.step();
      case 'back':
        return session.step(-1);
      case 'cancel-timing':
        return session.cancelTiming();
      case 'toggle':
      case 'forward':
      case 'backward':
      case 'all':
      case 'reset':
      case 'time':
        return session[wish.kind]();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'graph-lab': GraphLab;
  }
}
