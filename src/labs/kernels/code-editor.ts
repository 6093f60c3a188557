/**
 * `<code-editor>`: the text of a kernel in CodeMirror, with complaints in their places. Tab moves on as everywhere, Escape
 * leaves. Emits `kernels-wish` with every change; decides nothing.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap, searchPanelOpen } from '@codemirror/search';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import type { Complaint } from '../../session/kernels/protocol.ts';
import { base } from '../../ui/styles.ts';
import { KernelsWishEvent } from './kernels-wish.ts';
import { completeWgsl, inFront, wgsl, wgslColors } from './wgsl-language.ts';

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--card)', fontSize: '12.5px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--soft)', border: 'none' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--gpu)', outlineOffset: '-2px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--line) 35%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--gpu-soft)',
  },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--card)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--gpu)', color: 'var(--card)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--gpu-soft)', outline: '1px solid var(--gpu)' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--card)',
    backgroundImage: 'none',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
});

@customElement('code-editor')
export class CodeEditor extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        min-height: 0;
        overflow: hidden;
      }
      .room {
        height: 100%;
      }
    `,
  ];

  @property() text = '';
  @property() name = '';
  /** Texts of the files that stand in front of this one, for completion. */
  @property({ attribute: false }) libraries: readonly string[] = [];
  @property({ attribute: false }) complaints: readonly Complaint[] = [];
  @property({ type: Boolean }) vim = false;
  /** Nothing can be changed: what is open is only to be read. */
  @property({ type: Boolean }) still = false;
  @query('.room') protected readonly room!: HTMLDivElement;

  #view: EditorView | null = null;
  readonly #vimKeys = new Compartment();
  readonly #label = new Compartment();
  readonly #inFront = new Compartment();

  override render(): TemplateResult {
    return html`<div class="room"></div>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isNew = this.#view === null;
    const view = (this.#view ??= this.#make());
    // the same element serves every file: its history goes with the file
    const isOther = isNew || changed.has('name');
    if (!isNew && isOther) view.setState(this.#state());
    else if (this.text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: this.text } });
    if (!isNew && changed.has('libraries')) view.dispatch({ effects: this.#inFront.reconfigure(inFront.of(this.libraries)) });
    if (changed.has('vim') || (isOther && this.vim)) void this.#setVim(view);
    view.dispatch(setDiagnostics(view.state, this.#diagnostics(view.state)));
  }

  #make(): EditorView {
    return new EditorView({ state: this.#state(), parent: this.room, root: this.renderRoot as ShadowRoot });
  }

  #state(): EditorState {
    return EditorState.create({ doc: this.text, extensions: this.#extensions() });
  }

  #extensions(): Extension {
    return [
      this.#vimKeys.of([]),
      this.#inFront.of(inFront.of(this.libraries)),
      this.#label.of(EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': msg('Text of the kernel, WGSL; Escape leaves it') })),
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => this.#wish('run') }])),
      [lineNumbers(), history(), drawSelection(), indentOnInput(), indentUnit.of('  '), EditorState.tabSize.of(2)],
      [bracketMatching(), closeBrackets(), highlightActiveLine(), highlightSelectionMatches(), search({ top: true }), lintGutter()],
      [wgsl, syntaxHighlighting(wgslColors), autocompletion({ override: [completeWgsl] }), look],
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      Prec.low(keymap.of([{ key: 'Escape', run: (view) => this.#leave(view) }])),
      Prec.highest(keymap.of([{ key: 'Shift-Escape', run: (view) => this.#leave(view) }])),
      EditorState.readOnly.of(this.still),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.#changed(update.state.doc.toString());
      }),
    ];
  }

  #changed(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.dispatchEvent(new KernelsWishEvent({ kind: 'text', text }));
  }

  #wish(kind: 'run'): boolean {
    this.dispatchEvent(new KernelsWishEvent({ kind }));
    return true;
  }

  #leave(view: EditorView): boolean {
    if (completionStatus(view.state) !== null || searchPanelOpen(view.state)) return false;
    view.contentDOM.blur();
    this.dispatchEvent(new Event('editor-left', { bubbles: true, composed: true }));
    return true;
  }

  async #setVim(view: EditorView): Promise<void> {
    const keys = this.vim ? (await import('@replit/codemirror-vim')).vim() : [];
    if (view === this.#view) view.dispatch({ effects: this.#vimKeys.reconfigure(keys) });
  }

  #diagnostics(state: EditorState): readonly Diagnostic[] {
    return this.complaints.map(({ kind, line, column, length, words }) => {
      const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
      const from = Math.min(at.to, at.from + Math.max(0, column - 1));
      return { from, to: Math.min(at.to, from + Math.max(1, length)), severity: kind, message: words };
    });
  }

  /** Puts the cursor at the start of a line. */
  goTo(line: number): void {
    const view = this.#view;
    if (!view) return;
    const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    view.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'code-editor': CodeEditor;
  }
}
