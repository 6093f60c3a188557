/** The plot of the points: a picture with the points as buttons upon it, filled for y = 1, hollow for y = 0. */
import { css } from 'lit';

export const pointsCardStyles = css`
  .plot {
    position: relative;
    height: 158px;
    margin: 6px -4px 6px;
    touch-action: none;
    cursor: crosshair;
  }
  points-picture {
    position: absolute;
    inset: 0;
  }
  .point {
    position: absolute;
    width: 24px;
    height: 24px;
    margin: -12px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    cursor: ew-resize;
  }
  .point::after {
    content: '';
    position: absolute;
    inset: 7px;
    border: 2px solid var(--ink);
    border-radius: 50%;
    background: var(--card);
  }
  .point.one::after {
    background: var(--ink);
  }
  .point.wrong::after {
    border-color: var(--bad);
  }
  .point.one.wrong::after {
    background: var(--bad);
  }
  .point:focus-visible {
    outline-offset: -3px;
  }
  .buttons {
    display: flex;
    gap: 8px;
  }
  .said {
    margin-top: 9px;
    line-height: 1.4;
  }
  .how {
    margin-top: 8px;
    line-height: 1.4;
  }
`;
