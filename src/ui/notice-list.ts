/** `<notice-list>`: what a person should know now, each with at most two things to do about it. Emits `notice-action`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base, button } from './styles.ts';

export interface Notice {
  readonly id: string;
  readonly tone: 'bad' | 'warn' | 'note';
  readonly text: string;
  /** What the button says; absent: no button. */
  readonly action?: string;
  /** What a second button says. */
  readonly otherAction?: string;
}

export class NoticeActionEvent extends Event {
  static readonly type = 'notice-action';

  constructor(
    readonly id: string,
    readonly which: 'action' | 'otherAction',
  ) {
    super(NoticeActionEvent.type);
  }
}

@customElement('notice-list')
export class NoticeList extends LitElement {
  static override styles = [
    base,
    button,
    css`
      .notice {
        display: flex;
        align-items: center;
        gap: 6px 16px;
        flex-wrap: wrap;
        padding: 9px 16px;
        border: 1px solid var(--line);
        border-left: 3px solid var(--soft);
        border-radius: var(--radius);
        background: var(--card);
      }
      .notice + .notice {
        margin-top: 8px;
      }
      .notice.bad {
        border-color: var(--bad);
        background: var(--bad-soft);
      }
      .notice.warn {
        border-left-color: var(--bad);
      }
      p {
        flex: 1 1 320px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  override render(): TemplateResult {
    return html`<div aria-live="polite" data-testid="notices">
      ${repeat(
        this.notices,
        (notice) => notice.id,
        (notice) => this.#notice(notice),
      )}
    </div>`;
  }

  #notice({ id, tone, text, action, otherAction }: Notice): TemplateResult {
    const button = (label: string | undefined, which: NoticeActionEvent['which']): TemplateResult | typeof nothing =>
      label === undefined
        ? nothing
        : html`<button class="btn small" @click=${() => this.dispatchEvent(new NoticeActionEvent(id, which))}>${label}</button>`;
    return html`<div class="notice ${tone}" data-testid="notice-${id}" role=${tone === 'bad' ? 'alert' : nothing}>
      <p>${text}</p>
      ${button(action, 'action')} ${button(otherAction, 'otherAction')}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notice-list': NoticeList;
  }
}
