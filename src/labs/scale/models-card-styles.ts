/** The look of the models: a box, the grey of its curve, its name, and its units. */
import { css } from 'lit';

export const modelsCardStyles = css`
  .model > label {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--ink);
    cursor: pointer;
  }
  input[type='checkbox'] {
    width: 15px;
    height: 15px;
    margin: 0;
    accent-color: var(--ink);
  }
  .swatch {
    width: 13px;
    height: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--ink) var(--ink-share), var(--card));
  }
  .units {
    width: 104px;
    height: 27px;
    margin-right: -7px;
    padding: 0 6px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--ink);
    font: inherit;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .units:hover:enabled {
    border-color: var(--line);
  }
  .units:focus {
    border-color: var(--line);
    background: var(--paper);
  }
  .units:disabled {
    color: var(--soft);
    font-weight: 400;
  }
  .units[aria-invalid='true'] {
    border-color: var(--bad);
    color: var(--bad);
  }
  .bad {
    padding: 2px 0 4px;
    font-size: 12px;
    line-height: 1.35;
    color: var(--bad);
  }
  .timed {
    margin-top: 6px;
    padding-top: 4px;
    height: 32px;
    border-top: 1px solid var(--line);
  }
`;
