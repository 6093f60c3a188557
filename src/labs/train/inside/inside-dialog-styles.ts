/** The look of the panel, wide and narrow. */
import { css } from 'lit';

export const insideDialogStyles = css`
  wa-dialog {
    --width: 1180px;
    --spacing: 18px;
  }
  wa-dialog::part(title) {
    font-size: 16px;
    font-weight: 650;
  }
  wa-dialog::part(body) {
    background: var(--paper);
    padding-top: 14px;
  }
  .complaint {
    margin-bottom: 12px;
    padding: 9px 14px;
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    background: var(--bad-soft);
    overflow-wrap: anywhere;
  }
  .chooser {
    display: flex;
    gap: 14px;
    align-items: center;
    padding-bottom: 12px;
  }
  .chooser picture-canvas {
    flex: none;
    width: 64px;
    height: 64px;
    border-radius: 8px;
    overflow: hidden;
    background: var(--line);
  }
  .turn {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .turn number-field {
    --field-width: 64px;
    flex: none;
    width: 172px;
  }
  .parts {
    display: grid;
    grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr);
    gap: 14px;
    align-items: start;
  }
  .footer {
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: 10px;
    width: 100%;
  }
  .footer .btn {
    min-width: 72px;
  }
  @media (max-width: 859px) {
    wa-dialog {
      --spacing: 12px;
      --wa-space-2xl: 12px;
    }
    .parts {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
