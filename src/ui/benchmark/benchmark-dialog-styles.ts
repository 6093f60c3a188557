/** The look of the benchmark's dialog, wide and narrow. */
import { css } from 'lit';

export const benchmarkDialogStyles = css`
  wa-dialog {
    --width: 920px;
    --spacing: 20px;
  }
  wa-dialog::part(title) {
    font-size: 16px;
    font-weight: 650;
  }
  wa-dialog::part(body) {
    min-height: 200px;
  }
  .intro {
    max-width: 640px;
    padding-bottom: 14px;
  }
  .loud {
    margin-bottom: 14px;
    padding: 9px 14px;
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    background: var(--bad-soft);
  }
  .loud b {
    color: var(--bad);
  }
  .standing {
    padding-bottom: 12px;
  }
  .standing .failed {
    color: var(--bad);
    overflow-wrap: anywhere;
  }
  .track {
    margin-top: 8px;
    height: 3px;
    border-radius: 2px;
    background: var(--line);
    overflow: hidden;
  }
  .track div {
    height: 100%;
    background: var(--ink);
    transform-origin: left;
  }
  .score {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 10px;
    padding: 4px 0 16px;
  }
  .score .words {
    font-size: 15px;
  }
  .big.gpu {
    color: var(--gpu);
  }
  .big.cpu {
    color: var(--cpu-ink);
  }
  .big.even {
    font-size: 28px;
  }
  .footer {
    display: flex;
    justify-content: flex-end;
    gap: 10px;
    width: 100%;
  }
  @media (max-width: 759px) {
    wa-dialog {
      --spacing: 14px;
      --wa-space-2xl: 16px;
    }
  }
`;
