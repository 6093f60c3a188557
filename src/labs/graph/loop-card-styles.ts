/** The look of the loop: code in two columns, the line at hand in ink on paper, sums large, the examples as a table. */
import { css } from 'lit';

export const loopCardStyles = css`
  :host {
    display: flex;
  }
  .card {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-direction: column;
    gap: 14px;
  }
  h2 {
    margin: 0;
  }
  h3 {
    margin: 0 0 6px;
    font-size: 14px;
    font-weight: 640;
  }
  .big {
    font-size: clamp(17px, 1.6vw, 25px);
    line-height: 1.2;
    letter-spacing: -0.01em;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr);
    gap: 20px;
  }
  .code {
    margin: 0;
    padding: 8px 0;
    list-style: none;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--paper);
    font-size: 13.5px;
    line-height: 1.35;
  }
  .code li {
    padding: 3px 12px;
    border-left: 3px solid transparent;
    color: var(--soft);
    overflow-wrap: anywhere;
  }
  .code.plain li {
    color: var(--ink);
  }
  .code .inner {
    padding-left: 30px;
  }
  .code .now {
    border-left-color: var(--ink);
    background: var(--card);
    color: var(--ink);
    font-weight: 600;
  }
  .result {
    margin: 8px 0 6px;
    color: var(--ink);
  }
  .sums {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 10px;
    margin: 0;
  }
  .sums div {
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
  }
  .sums .now {
    border-color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--ink);
  }
  .sums dt {
    color: var(--soft);
  }
  .sums dd {
    margin: 0;
    font-size: clamp(16px, 1.7vw, 24px);
    font-weight: 640;
    letter-spacing: -0.01em;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 8px;
    text-align: right;
  }
  th {
    color: var(--soft);
    font-weight: 400;
  }
  td {
    border-top: 1px solid var(--line);
    min-width: 44px;
  }
  tr.now td {
    font-weight: 640;
    background: var(--paper);
  }
  @media (max-width: 759px) {
    .two {
      grid-template-columns: minmax(0, 1fr);
      gap: 14px;
    }
    .sums {
      grid-template-columns: 1fr 1fr;
    }
    table {
      font-size: 12.5px;
    }
    th,
    td {
      min-width: 0;
      padding: 4px 3px;
    }
  }
`;
