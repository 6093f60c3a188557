/** The look of the bar at the bottom, wide and narrow. */
import { css } from 'lit';

export const transportStyles = css`
  footer {
    position: fixed;
    z-index: 10;
    left: 0;
    right: 0;
    bottom: 0;
    min-height: 66px;
    border-top: 1px solid var(--line);
    background: var(--card);
    display: flex;
    align-items: center;
    gap: 8px 16px;
    padding: 8px 20px;
  }
  .progress {
    position: absolute;
    left: 0;
    right: 0;
    top: -2px;
    height: 2px;
    background: var(--ink);
    transform-origin: left;
  }
  .buttons {
    display: flex;
    gap: 10px;
    flex: none;
  }
  .primary {
    min-width: 116px;
  }
  .count {
    flex: none;
    border: 1px solid var(--line);
    border-radius: 99px;
    padding: 4px 11px;
    font-size: 12.5px;
    color: var(--soft);
    font-variant-numeric: tabular-nums;
  }
  .count b {
    color: var(--ink);
    font-weight: 600;
  }
  .status {
    flex: 1;
    min-width: 0;
    line-height: 1.35;
  }
  .out .btn {
    min-width: 92px;
  }
  @media (max-width: 1099px) {
    footer {
      flex-wrap: wrap;
    }
    .status {
      order: 5;
      flex: 1 0 100%;
    }
    .out {
      margin-left: auto;
    }
  }
  @media (max-width: 759px) {
    footer {
      padding: 8px 12px;
      gap: 6px 8px;
    }
    .buttons {
      gap: 6px;
    }
    .btn {
      padding: 8px 11px;
    }
    .btn.primary {
      padding: 8px 14px;
      min-width: 100px;
    }
    .out {
      order: 6;
      margin-left: 0;
      flex: 0 1 auto;
      flex-wrap: wrap;
    }
    .out .btn {
      padding: 4px 8px;
      font-size: 12.5px;
      min-width: 0;
    }
    .count {
      border: 0;
      padding: 0;
      margin-left: auto;
    }
    .status {
      order: 5;
      flex: 1 1 150px;
      font-size: 11.5px;
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
      overflow: hidden;
    }
  }
`;
