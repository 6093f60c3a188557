/**
 * `<kernels-lab>`: the kernels that train, to be read, changed, checked and timed. Lays out its cards, draws them again when
 * the store has something new, and hands their wishes to it.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import './adopt-card.ts';
import './clock-card.ts';
import './editor-card.ts';
import './facts-card.ts';
import './features-card.ts';
import './file-list.ts';
import './gate-card.ts';
import './kernels-transport.ts';
import './lesson-card.ts';
import '../../ui/notice-list.ts';
import { defineControls } from '../../ui/controls/web-awesome.ts';
import { download } from '../../ui/download.ts';
import { LabController } from '../../ui/lab-controller.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import type { Notice, NoticeActionEvent } from '../../ui/notice-list.ts';
import { base, card } from '../../ui/styles.ts';
import { urlNotice } from '../../ui/url-notes.ts';
import type { EditorCard } from './editor-card.ts';
import { kernelsLabStyles } from './kernels-lab-styles.ts';
import type { KernelsSession } from './kernels-session.ts';
import { contractIn, fileOf } from './kernels-state.ts';
import type { KernelsTransport } from './kernels-transport.ts';
import type { KernelsWishEvent } from './kernels-wish.ts';

@customElement('kernels-lab')
export class KernelsLab extends LitElement {
  static override styles = [base, card, labFrame, kernelsLabStyles];

  @property({ attribute: false }) session: KernelsSession | null = null;
  @query('editor-card') protected readonly editor?: EditorCard | null;
  @query('kernels-transport') protected readonly transport?: KernelsTransport | null;

  constructor() {
    super();
    new LabController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void defineControls();
    addEventListener('hashchange', this.#fragment);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#fragment);
  }

  /** A link to the same place, with another kernel; where the place is another one as well, its own text is shown. */
  readonly #fragment = ({ oldURL, newURL }: HashChangeEvent): void => {
    if (new URL(oldURL).search === new URL(newURL).search) void this.session?.followLink();
  };

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const { settings, state } = session;
    const notices = this.#notices(session);
    const file = fileOf(state, settings);
    const contract = contractIn(file, settings);
    return html`<h1 class="hidden-text">${msg('Downhill: what does the GPU really run?')}</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid" @kernels-wish=${this.#wish} @editor-left=${this.#left}>
        <div class="col controls">
          <file-list
            .files=${state.catalogue?.files ?? []}
            .copies=${state.copies}
            .file=${settings.file}
            .copy=${state.copy}
            .adoption=${state.adoption}
          ></file-list>
        </div>
        <editor-card .settings=${settings} .state=${state}></editor-card>
        <div class="col found">
          <lesson-card ?hidden=${file?.kind !== 'lesson'} .file=${file} .state=${state}></lesson-card>
          <gate-card .state=${state}></gate-card>
          <adopt-card .state=${state} .settings=${settings}></adopt-card>
          <clock-card .state=${state} .contract=${contract} .settings=${settings}></clock-card>
          <features-card .processor=${state.processor} .on=${settings.on}></features-card>
          <facts-card .file=${file} .contract=${contract} .chosen=${state.chosen} .twins=${state.catalogue?.twins ?? {}}></facts-card>
        </div>
      </div>
      <kernels-transport .settings=${settings} .state=${state} @kernels-wish=${this.#wish}></kernels-transport>`;
  }

  #notices({ state, notes }: KernelsSession): readonly Notice[] {
    const notices: Notice[] = [];
    const { failure, processor, abandoned, lost, deleted } = state;
    if (failure !== null) {
      const text = msg(str`What compiles and runs kernels has failed: ${failure}. Your text is still here.`);
      notices.push({ id: 'failed', tone: 'bad', text, action: msg('Try again') });
    }
    if (processor?.kind === 'none') {
      const why = {
        'no-webgpu': msg('this browser has no WebGPU'),
        'insecure-context': msg('browsers lend the GPU only to pages that came over https or from localhost'),
        'no-adapter': msg('WebGPU found no graphics adapter'),
        'no-device': msg('the graphics adapter gave no device'),
      }[processor.why];
      notices.push({
        id: 'no-gpu',
        tone: 'warn',
        text: msg(str`Kernels can be read and edited here, but nothing compiles or runs: ${why}.`),
      });
    }
    if (abandoned > 0) {
      const text = msg(
        str`A kernel did not end, and its device was given up (${abandoned} so far). Everything else goes on; reloading this page may hang until that kernel ends.`,
      );
      notices.push({ id: 'abandoned', tone: 'warn', text });
    }
    if (lost > 0) notices.push({ id: 'lost', tone: 'note', text: msg(str`The GPU device went away ${lost} × and was opened again.`) });
    if (deleted !== null)
      notices.push({ id: 'deleted', tone: 'note', text: msg(str`${deleted.name}.wgsl was deleted.`), action: msg('Undo') });
    const url = urlNotice(notes);
    return [...notices, ...(url ? [url] : [])];
  }

  #act({ id }: NoticeActionEvent): void {
    if (id === 'url') this.session?.dismissNotes();
    if (id === 'failed') this.session?.restart();
    if (id === 'deleted') void this.session?.undoRemove();
  }

  /** Escape in the editor: on to what one does next. */
  #left(): void {
    this.transport?.renderRoot.querySelector<HTMLElement>('[data-testid="run"]')?.focus();
  }

  #wish({ wish }: KernelsWishEvent): void {
    const { session } = this;
    if (!session) return;
    switch (wish.kind) {
      case 'open':
        return session.openFile(wish.file, wish.copy);
      case 'contract':
        return session.chooseContract(wish.id);
      case 'shape':
        return session.chooseShape(wish.index);
      case 'size':
        return session.chooseSize(wish.name, wish.value);
      case 'switch':
        return session.toggleSwitch(wish.feature);
      case 'text':
        return session.type(wish.text);
      case 'choose':
        return session.choose(wish.name, wish.value);
      case 'go-to':
        return this.editor?.goTo(wish.line);
      case 'run':
        return void session.run();
      case 'solution':
        return session.showSolution();
      case 'adopt':
        return session.adopt();
      case 'built-in':
        return session.builtIn();
      case 'vim':
        return session.toggleVim();
      case 'export':
        return this.#export(session);
      case 'copy':
        return void session.copy();
      case 'link':
        return;
      case 'stop':
      case 'unchoose':
      case 'revert':
      case 'remove':
        return session[wish.kind]();
    }
  }

  #export({ state, settings }: KernelsSession): void {
    const name = state.copy === null ? settings.file.replace(/^.*[/]/, '') : `${state.copy}.wgsl`;
    download(new Blob([state.text], { type: 'text/plain' }), name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kernels-lab': KernelsLab;
  }
}
