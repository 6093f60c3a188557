/** What every element of the page shares: the card, the row, buttons, the big number. Colours come from `theme.css`. */
import { css } from 'lit';

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  :focus-visible {
    outline: 2px solid var(--gpu);
    outline-offset: 2px;
  }
  h2 {
    margin: 0 0 10px;
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.04em;
    text-transform: uppercase;
    color: var(--soft);
  }
  p {
    margin: 0;
  }
  .quiet {
    color: var(--soft);
    font-size: 12.5px;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  a {
    color: inherit;
  }
`;

export const card = css`
  .card {
    contain: layout style;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    padding: 14px 16px;
  }
`;

export const row = css`
  .row {
    display: flex;
    justify-content: space-between;
    gap: 10px;
    align-items: center;
    min-height: 27px;
  }
  .row > :first-child {
    color: var(--soft);
    flex: none;
  }
  .row > :last-child {
    text-align: right;
    min-width: 0;
  }
`;

export const button = css`
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .btn {
    border: 1px solid var(--line);
    border-radius: 8px;
    padding: 8px 14px;
    background: var(--card);
    color: var(--ink);
    line-height: 1.3;
    white-space: nowrap;
  }
  .btn:hover {
    border-color: var(--soft);
  }
  .btn.primary {
    background: var(--ink);
    color: var(--paper);
    border-color: var(--ink);
    font-weight: 600;
    padding: 9px 22px;
  }
  .btn:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .btn.small {
    padding: 3px 10px;
    font-size: 12.5px;
    border-radius: 7px;
  }
`;

export const big = css`
  .big {
    font-size: 44px;
    letter-spacing: -0.03em;
    font-weight: 640;
    line-height: 1;
    font-variant-numeric: tabular-nums;
  }
`;

/** A GPU that the CPU plays is named as one, loudly. */
export const softwareNote = css`
  .software {
    margin-top: 8px;
    padding: 6px 10px;
    border-radius: 7px;
    background: var(--bad-soft);
    color: var(--ink);
    font-size: 12.5px;
  }
  .software b {
    color: var(--bad);
  }
`;
